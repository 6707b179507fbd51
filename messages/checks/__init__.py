"""The rules that data must keep: each gives findings with the file, the key and the remedy.

Pure, like all of `messages`: the texts, the day and what is installed are handed in.
"""
