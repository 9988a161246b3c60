"""The report as a PDF.

`reports.files.pdf.rendering` loads WeasyPrint, and with it Pango from the system; import it only
where a PDF is made, so that everything else runs on a machine without Pango.
"""

import logging

# It would tell every style sheet and page; set before it is loaded, which tells of itself too.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
