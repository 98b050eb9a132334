// What can be taken back by a key, newest last. Pure.
export interface Undo {
  /** Of the toast that offers it. */
  id: number
  run: () => void
  /** When it was done (ms). */
  at: number
}

const undoableMs = 60_000
const most = 20

export const addUndo = (undos: readonly Undo[], undo: Undo): Undo[] => [...undos, undo].slice(-most)

export const removeUndo = (undos: readonly Undo[], id: number): Undo[] => undos.filter((one) => one.id !== id)

/** None while a newer act is on its way, which could only be taken back after it. Otherwise the newest that is not so old that one would be surprised; what a macro did can be taken back for as long. */
export function newestUndo(undos: readonly Undo[], now: number, underWay: number): Undo | undefined {
  if (underWay > 0) return undefined
  const newest = undos.at(-1)
  return newest && now - newest.at < undoableMs ? newest : undefined
}
