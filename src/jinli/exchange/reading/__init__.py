"""Reading the spreadsheets of other systems: files, cells, columns and names, without the database.

What is here knows the standard library, openpyxl, stdnum and the domain. It reads and says how sure it is; it never
decides what becomes of a row.
"""
