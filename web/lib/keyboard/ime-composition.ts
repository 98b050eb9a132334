/**
 * While an input method composes a word, the keys are its own: Enter takes the word and sends nothing, Escape drops it and
 * closes nothing. Installed before anything else listens; nobody else need know. Safari says 229 and not `isComposing` of the
 * Enter that ends a word.
 */
export function ignoreKeysDuringComposition() {
  const rest = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation()
  }
  for (const kind of ["keydown", "keyup"] as const) addEventListener(kind, rest, { capture: true })
}
