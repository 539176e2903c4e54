"""Search: documents -> the files that the search client loads piece by piece, and the full index of lunr.js.

An index is cut by term into chunks of a few kilobytes. Every file but one is named by its content, so that a new build
leaves alone what has not changed; numbers are unsigned LEB128 varints, texts UTF-8.
"""
