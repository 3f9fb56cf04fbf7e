"""Input as an attack: what contributed files may cost, reach and put into a page."""
