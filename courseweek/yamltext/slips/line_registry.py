"""All slips that are looked for in each line before YAML is read, in the order in which they are tried.

Each sees the line as those above it have left it: first come the spaces, then the dash, then the key. They are listed
apart from those that the parser stops at, because many a file is scanned and few are broken.
"""

from __future__ import annotations

from courseweek.yamltext.slips.bullets import find_bullet, find_table_row
from courseweek.yamltext.slips.keys import (
    find_address_without_colon,
    find_bold_key,
    find_curly_key,
    find_other_sign,
)
from courseweek.yamltext.slips.seen_line import LineSlip
from courseweek.yamltext.slips.spaces import find_special_spaces, find_tabs

LINE_SLIPS = (
    LineSlip("special-spaces", find_special_spaces),
    LineSlip("tabs", find_tabs),
    LineSlip("table-row", find_table_row),
    LineSlip("bullet", find_bullet),
    LineSlip("other-sign", find_other_sign),
    LineSlip("address-without-colon", find_address_without_colon),
    LineSlip("bold-key", find_bold_key),
    LineSlip("curly-key", find_curly_key),
)
