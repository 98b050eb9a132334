// JSON as other systems write it: an object a line, one array, or one object after the other over many lines. Never more of the
// input is held than one object, and an object has a bound.
import { isUtf8 } from "node:buffer"
import { decodeTextFile } from "#texts/decode-text-file.ts"
import { type InputValue, longestValue } from "./input-value-type.ts"

const notJson = "JSON: one object a line, or an array of objects"

/** The objects of the input with the lines on which they begin. Of JSON by lines a broken line is said, and the next is read. */
export async function* readJsonValues(bytes: AsyncIterable<Buffer>): AsyncGenerator<InputValue> {
  const cutter = new ObjectCutter()
  for await (const chunk of bytes) yield* cutter.take(chunk)
  yield* cutter.end()
}

const code = (sign: string) => sign.charCodeAt(0)
const [quote, backslash, open, close, newline] = [code('"'), code("\\"), code("{"), code("}"), code("\n")]
// Between objects stand blanks, commas, the brackets of an array, and in front of all a byte order mark.
const between = new Set([9, 10, 13, 32, code(","), code("["), code("]"), 0xef, 0xbb, 0xbf])

/** Cuts bytes into objects by their braces, and reads each when it is whole. */
class ObjectCutter {
  private line = 1
  private begunOn = 1
  private depth = 0
  private isText = false
  private isEscaped = false
  private isStray = false
  /** Known from the first object: did it end on the line on which it began? */
  private isByLine: boolean | null = null
  private kept: Buffer[] = []
  private keptBytes = 0

  private readText(sign: number) {
    if (this.isEscaped) this.isEscaped = false
    else if (sign === backslash) this.isEscaped = true
    else if (sign === quote) this.isText = false
  }

  *take(chunk: Buffer): Generator<InputValue> {
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const sign = chunk[i]!
      if (sign === newline) {
        if (this.isText || (this.depth > 0 && this.isByLine)) yield this.broken()
        this.line++
        this.isStray = false
      } else if (this.isText) this.readText(sign)
      else if (this.depth === 0) {
        if (sign === open) from = this.begin(i)
        else if (!between.has(sign) && !this.isStray) yield this.stray()
      } else if (sign === quote) this.isText = true
      else if (sign === open) this.depth++
      else if (sign === close && --this.depth === 0) yield this.whole(chunk.subarray(from, i + 1))
    }
    if (this.depth > 0) this.keep(chunk.subarray(from))
  }

  *end(): Generator<InputValue> {
    if (this.depth > 0) yield { line: this.begunOn, problem: `${notJson}; it breaks off` }
  }

  private begin(at: number): number {
    this.begunOn = this.line
    this.depth = 1
    return at
  }

  private stray(): InputValue {
    this.isStray = true
    return { line: this.line, problem: notJson }
  }

  /** No text of JSON holds a line end, and no object by lines. */
  private broken(): InputValue {
    this.dropKept()
    this.depth = 0
    this.isText = this.isEscaped = false
    return { line: this.begunOn, problem: notJson }
  }

  private keep(piece: Buffer) {
    this.keptBytes += piece.length
    if (this.keptBytes <= longestValue) this.kept.push(Buffer.from(piece))
    else this.kept = []
  }

  private dropKept() {
    this.kept = []
    this.keptBytes = 0
  }

  private whole(last: Buffer): InputValue {
    const { begunOn: line } = this
    this.isByLine ??= line === this.line
    const isTooLong = this.keptBytes + last.length > longestValue
    const bytes = isTooLong ? last : Buffer.concat([...this.kept, last])
    this.dropKept()
    return isTooLong ? { line, problem: `at most ${longestValue / 1024 / 1024} MB` } : parsed(bytes, line)
  }
}

function parsed(bytes: Buffer, line: number): InputValue {
  try {
    const text = isUtf8(bytes) ? bytes.toString("utf8") : decodeTextFile(bytes)
    return { line, value: JSON.parse(text) as Record<string, unknown> }
  } catch {
    return { line, problem: notJson }
  }
}
