"""Files in, a typed and located `Course` out."""
