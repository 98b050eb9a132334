// In which form a browser records a voice note, and in which it is sent. Pure.

export interface RecordingFormat {
  /** What the recorder is asked for. */
  recorded: string
  /** What is uploaded: channels take Opus in Ogg and AAC in MP4, and none takes WebM. */
  sent: "audio/ogg" | "audio/mp4"
}

// Firefox writes Ogg. Chromium and Safari write the same sound into WebM, whose packets are put into Ogg as they are. An older
// Safari writes AAC; what Chromium writes into MP4 is Opus, which channels do not take there.
const formats: RecordingFormat[] = [
  { recorded: "audio/ogg;codecs=opus", sent: "audio/ogg" },
  { recorded: "audio/webm;codecs=opus", sent: "audio/ogg" },
  { recorded: "audio/mp4;codecs=mp4a.40.2", sent: "audio/mp4" },
]

/** The first that the browser writes; undefined where it writes none that channels take. */
export const recordingFormat = (canWrite: (type: string) => boolean): RecordingFormat | undefined =>
  formats.find(({ recorded }) => canWrite(recorded))
