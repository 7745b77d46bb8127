"""The main screen, put together from what it does (show, flow, mark, find, bring news), and the few dialogs."""
