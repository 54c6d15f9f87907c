#!/usr/bin/env python3
"""What a terminal of COLUMNS x ROWS shows after the bytes of FILE (a typescript), one line a row.

screen.py FILE COLUMNS ROWS

Knows the few controls the live view uses, and how terminals wrap and clear; anything else is an error, so
that a view that begins to use more has to be looked at. Earlier frames of another size do no harm: each
frame overwrites every row.
"""

import re
import sys
import unicodedata

TOKEN = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])|\r|\n|[^\x00-\x1f\x7f]|[\x00-\x1f\x7f]", re.S)
SILENT_MODES = {"?1049h", "?25l", "?25h", "?2026h", "?2026l"}


def width(char):
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Screen:
    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.clear()
        self.home()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]

    def home(self):
        self.row = self.column = 0
        self.full = False  # the last cell was written: the next character wraps

    def put(self, char):
        size = width(char)
        if self.full or self.column + size > self.columns:
            self.newline()
            self.column = 0
        self.full = False
        self.cells[self.row][self.column] = char
        for extra in range(1, size):
            self.cells[self.row][self.column + extra] = ""
        self.column += size
        if self.column >= self.columns:
            self.column, self.full = self.columns - 1, True

    def newline(self):
        self.full = False
        if self.row + 1 < self.rows:
            self.row += 1
        else:
            self.cells = self.cells[1:] + [[" "] * self.columns]

    def control(self, arguments, final):
        if final == "H" and not arguments:
            self.home()
        elif final == "J" and arguments == "2":
            self.clear()
        elif final == "J" and not arguments:
            self.clear_rest()
            for row in range(self.row + 1, self.rows):
                self.cells[row] = [" "] * self.columns
        elif final == "K" and not arguments:
            self.clear_rest()
        elif final != "m" and arguments + final not in SILENT_MODES:
            sys.exit(f"unknown control: {arguments}{final}")

    def clear_rest(self):  # also of the last cell, when it was just written: as xterm does
        for column in range(self.column, self.columns):
            self.cells[self.row][column] = " "

    def feed(self, text):
        # A second terminal is not ours: what comes after the view was left belongs to the shell.
        for token in TOKEN.finditer(text.partition("\x1b[?1049l")[0]):
            if token[2]:
                self.control(token[1], token[2])
            elif token[0] == "\r":
                self.column, self.full = 0, False
            elif token[0] == "\n":
                self.newline()
            elif token[0] >= " ":
                self.put(token[0])


def main():
    path, columns, rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    screen = Screen(columns, rows)
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        screen.feed(file.read())
    print("\n".join("".join(row).rstrip() for row in screen.cells))


main()
