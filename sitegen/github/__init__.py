"""What the workflows do on GitHub: answer pull requests and issues, and take care of the corpus.

All of it is the base's own code. What strangers wrote comes as data through the API or the event's file, and is never
run; every number and size that they could choose has a cap.
"""
