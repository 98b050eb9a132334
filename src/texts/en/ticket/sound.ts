// Voice notes and other sounds: played in the thread, recorded where one writes.
export const sound = {
  "audio.title": "Sound: {name}",
  "audio.play": "Play",
  "audio.pause": "Pause",
  "audio.position": "Position",
  "audio.at": "{at} of {length}",
  "audio.speed": "Speed: {speed}×",

  "voice.title": "Voice note",
  "voice.fileName": "Voice note",
  "voice.asking": "Waiting for the microphone",
  "voice.recording": "Recording",
  "voice.stop": "Stop",
  "voice.discard": "Discard",
  "voice.insecure": "Browsers lend the microphone only to pages opened with https.",
  "voice.unsupported": "This browser cannot record sound in a form that messengers play. Attach a file instead.",
  "voice.refused": "The browser does not let this page use the microphone. Allow it beside the address, and try again.",
  "voice.noMicrophone": "No microphone was found.",
  "voice.failed": "Nothing was recorded. Try again.",
}
