// Under which names a key may stand among the shortcuts. Pure.
interface KeyPress {
  /** What it writes. */
  key: string
  /** Where it is. */
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  /** AltGr, which on Windows says that it is Ctrl and Alt as well. */
  altGraph: boolean
}

/** Letters by their place ("KeyJ"), signs by what they write ("?", "/"), with "Ctrl+" for Ctrl or ⌘, "Alt+" and "Shift+". */
export function shortcutNames({ key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph }: KeyPress): string[] {
  // A named key ("Escape") may come without a place.
  const sign = key.length > 1 || /^[^\p{L}\p{N}\s]$/u.test(key) ? [key] : []
  // Many keyboards write "]" with AltGr, those of a Mac with Alt.
  if (altGraph) return sign
  if (ctrlKey || metaKey) return [`Ctrl+${altKey ? "Alt+" : ""}${shiftKey ? "Shift+" : ""}${code}`]
  if (altKey) return [`Alt+${code}`, ...sign]
  return [...sign, shiftKey ? `Shift+${code}` : code]
}

/** Walks along a list: a key that is held goes on walking, and does nothing else over and over. */
export const walks = (name: string) => /^(Alt\+)?Key[JK]$/.test(name)

/** Rests while somebody writes or a dialog is open, where the same key has a meaning of its own. */
export const restsInFields = (name: string) =>
  !name.startsWith("Alt+") && (!name.startsWith("Ctrl+") || name === "Ctrl+KeyZ")
