// What this browser remembers of one chat, of the outbox, of forms: each under a prefix of its own. Where a browser refuses
// storage, it is lost on reload.
export type PrefixedStorage = {
  read: (name: string) => string | null
  write: (name: string, value: string) => void
  erase: (name: string) => void
  /** The names that begin with `prefix`, in no order. */
  names: (prefix: string) => string[]
}

type StorageByName = Pick<Storage, "getItem" | "setItem" | "removeItem"> & { keys: () => string[] }

export function prefixedStorage(owner: string, storage: StorageByName = browserStorage()): PrefixedStorage {
  const root = `hilo.${owner}.`
  return {
    read: (name) => storage.getItem(root + name),
    write: (name, value) => storage.setItem(root + name, value),
    erase: (name) => storage.removeItem(root + name),
    names: (prefix) =>
      storage
        .keys()
        .filter((key) => key.startsWith(root + prefix))
        .map((key) => key.slice(root.length)),
  }
}

/** Storage is full, switched off, or wiped under our feet: from then on the copy in the page answers. */
function browserStorage(): StorageByName {
  const own = inMemoryStorage()
  const disk = trying(() => localStorage)
  if (!disk) return own
  return {
    getItem: (key) => own.getItem(key) ?? trying(() => disk.getItem(key)) ?? null,
    setItem: (key, value) => {
      own.removeItem(key)
      if (trying(() => (disk.setItem(key, value), true)) !== true) own.setItem(key, value)
    },
    removeItem: (key) => {
      own.removeItem(key)
      trying(() => disk.removeItem(key))
    },
    keys: () => [...new Set([...own.keys(), ...(trying(() => Object.keys(disk)) ?? [])])],
  }
}

export function inMemoryStorage(): StorageByName {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  }
}

function trying<T>(deed: () => T): T | undefined {
  try {
    return deed()
  } catch {
    return undefined
  }
}
