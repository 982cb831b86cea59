"""Workbooks (XLSX) of one questionnaire, one plan or one rubric: `layout` says what stands where, `kinds` turns it into content."""
