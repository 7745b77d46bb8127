"""The panes of the screen: each draws what it was given, on the line API, and says in a message what happened to it.

No widget asks the library anything or knows another one; the main screen owns the selection and hands data down.
"""
