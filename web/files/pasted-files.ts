interface PastedContent {
  files: ArrayLike<File>
  getData: (type: string) => string
}

/** The files among what is pasted. Excel and Word lay a picture of the text beside it: then the text is meant. */
export function pastedFiles(pasted: PastedContent): File[] {
  const given = Array.from(pasted.files)
  const text = pasted.getData("text/plain").trim()
  // Some systems write the names of copied files as text.
  const isNames = given.every(({ name }) => text.includes(name))
  return text === "" || isNames ? given : []
}
