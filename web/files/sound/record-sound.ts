// The microphone: one recording from its start to the file that is sent.
import { writeOggOpus } from "./ogg-opus.ts"
import { recordingFormat, type RecordingFormat } from "./recording-format.ts"
import { readWebmOpus } from "./webm-opus.ts"

/** Why nothing can be recorded. `insecure`: browsers lend the microphone to pages of https alone. */
export type RecordingProblem = "insecure" | "unsupported" | "refused" | "noMicrophone"

export class CannotRecord extends Error {
  readonly reason: RecordingProblem

  constructor(reason: RecordingProblem) {
    super(reason)
    this.reason = reason
  }
}

export interface Recording {
  /** Ends it; a microphone that is pulled out does so too. */
  stop: () => void
  /** The sound, once it has ended. */
  sound: Promise<{ bytes: Uint8Array<ArrayBuffer>; type: RecordingFormat["sent"] }>
}

/** Asks for the microphone and begins. Throws `CannotRecord`. */
export async function startRecording(): Promise<Recording> {
  if (!isSecureContext) throw new CannotRecord("insecure")
  const format = "MediaRecorder" in window ? recordingFormat((type) => MediaRecorder.isTypeSupported(type)) : undefined
  if (!format) throw new CannotRecord("unsupported")
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }).catch((error: unknown) => {
    const isRefused = error instanceof DOMException && error.name === "NotAllowedError"
    throw new CannotRecord(isRefused ? "refused" : "noMicrophone")
  })
  // Enough for speech: a minute is a quarter of a megabyte.
  const recorder = new MediaRecorder(stream, { mimeType: format.recorded, audioBitsPerSecond: 32_000 })
  const parts: Blob[] = []
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data))
  const ended = new Promise<void>((done) => recorder.addEventListener("stop", () => done(), { once: true }))
  recorder.start()
  return {
    stop: () => recorder.state === "inactive" || recorder.stop(),
    sound: ended.then(async () => {
      for (const track of stream.getTracks()) track.stop()
      return { bytes: await bytesOf(new Blob(parts), format), type: format.sent }
    }),
  }
}

async function bytesOf(recorded: Blob, format: RecordingFormat) {
  const bytes = new Uint8Array(await recorded.arrayBuffer())
  return format.recorded.startsWith("audio/webm") ? writeOggOpus(readWebmOpus(bytes)) : bytes
}
