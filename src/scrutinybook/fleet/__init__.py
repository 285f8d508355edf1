"""Many authorities' books from one folder of official files, on one machine or many.

    files ──► orders       one a book: its figures, its parameters, its key          (`orders`)
              kit          what every book is made with: notebooks, pages, style      (`kit`)
    orders ─► workers      make a book in a folder of their own, deliver it whole     (`maker`)
              destination  a folder or any fsspec address; keeps each key       (`destination`)
    the page of all        every authority, funnel plots, no league table             (`national`)

A book that lies at the destination under its key is not made again: a fleet that was stopped goes
on where it was, and a task that runs twice leaves one book.
"""
