"""Tests that need a program beyond pip: the sqlite3 program, a browser. `.ci/run` installs them and runs these."""
