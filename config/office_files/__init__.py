"""Word and Excel files from outside: opened without harm, and a workbook as text cells.

What the cells mean is the business of the apps.
"""
