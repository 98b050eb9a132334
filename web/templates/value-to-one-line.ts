/** A value of a template is one line: Meta refuses line breaks, tabs and more than four spaces in a row. */
export const oneLine = (text: string) => text.replace(/[\n\r\t]+/g, " ").replace(/ {5,}/g, "    ")
