// What this browser remembers. Storage may be full or forbidden; then nothing is remembered and nothing breaks.
export function readLocalStorage(name: string): string | null {
  try {
    return localStorage.getItem(`hilo.${name}`)
  } catch {
    return null
  }
}

export function writeLocalStorage(name: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(`hilo.${name}`)
    else localStorage.setItem(`hilo.${name}`, value)
  } catch {
    // see above
  }
}
