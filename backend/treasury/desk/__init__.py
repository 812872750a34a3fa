"""The desk: what people do about bank lines and differences that no rule explained.

`acts` does and undoes, `limits` says what needs a second person, `items` gives a difference an owner
and notes and tells its whole trail, `queue` finds it. The bookings are in `treasury.lines`.
"""
