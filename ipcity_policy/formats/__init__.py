"""Reports as files of a form: text, Markdown, HTML, SVG, iCalendar, SARIF, JUnit, JSON."""
