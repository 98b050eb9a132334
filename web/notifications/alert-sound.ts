// Two short notes, made here: no file has to come for them. Browsers let a page sound once its reader has pressed something in it.

const notesHz = [659, 880]
const noteSeconds = 0.14

let context: AudioContext | undefined

// Older browsers do not tell; the sound then comes or does not.
const activation = navigator.userActivation as UserActivation | undefined

export const maySound = () => "AudioContext" in globalThis && (activation?.hasBeenActive ?? true)

export async function playAlertSound() {
  context ??= new AudioContext()
  if (context.state === "suspended") await context.resume()
  notesHz.forEach((frequency, index) => playNote(context!, frequency, context!.currentTime + index * noteSeconds))
}

/** It swells and fades, so that it does not click. */
function playNote(audio: AudioContext, frequency: number, at: number) {
  const [note, volume] = [audio.createOscillator(), audio.createGain()]
  note.frequency.value = frequency
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.2, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 2 * noteSeconds)
  note.connect(volume).connect(audio.destination)
  note.start(at)
  note.stop(at + 2 * noteSeconds)
}
