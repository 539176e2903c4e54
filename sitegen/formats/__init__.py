"""The outside world's texts and our records: one room per format.

What reads them all is listed in `incoming`, and imported where texts come in alone: it costs a tenth of a second.
"""
