export type RawRecord = Record<string, unknown>

export type Source = {
  /** What its values must be, where they are not. */
  expected: string
  /** The records, in Hilo's own format, that one value of its export says; none: it is nothing that is known. Not checked yet. */
  records: (value: RawRecord) => Iterable<RawRecord>
}
