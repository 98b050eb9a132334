import type { sound as english } from "../../en/ticket/sound.ts"

export const sound: Record<keyof typeof english, string> = {
  "audio.title": "Audio: {name}",
  "audio.play": "Reproducir",
  "audio.pause": "Pausar",
  "audio.position": "Posición",
  "audio.at": "{at} de {length}",
  "audio.speed": "Velocidad: {speed}×",

  "voice.title": "Nota de voz",
  "voice.fileName": "Nota de voz",
  "voice.asking": "Esperando el micrófono",
  "voice.recording": "Grabando",
  "voice.stop": "Detener",
  "voice.discard": "Descartar",
  "voice.insecure": "Los navegadores solo prestan el micrófono a páginas abiertas con https.",
  "voice.unsupported":
    "Este navegador no puede grabar en un formato que las mensajerías reproduzcan. Adjunta un archivo.",
  "voice.refused":
    "El navegador no deja usar el micrófono en esta página. Permítelo junto a la dirección e inténtalo de nuevo.",
  "voice.noMicrophone": "No se encontró ningún micrófono.",
  "voice.failed": "No se grabó nada. Inténtalo de nuevo.",
}
