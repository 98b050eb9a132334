export const filesAndTimes = {
  "file.attach": "Adjuntar un archivo",
  "file.uploading": "subiendo, {percent} %",
  "file.sent": "Cuánto de {name} se ha subido",
  "file.tooLarge": "demasiado grande para este canal",
  "file.empty": "vacío",
  "file.limits": "Hasta {most} archivos de 25 MB cada uno",
  "file.tooMany":
    "Un mensaje lleva como máximo {most, plural, one {# archivo} other {# archivos}}; los demás quedaron fuera.",
  "file.remove": "Quitar {name}",
  "file.of": "Imagen de {name}",
  "file.enlarge": "Ampliar: {name}",
  "file.download": "Descargar {name}",
  "file.downloadIt": "Descargar",
  "file.coming": "{name} está en camino",
  "file.failed.gone": "Ya no se puede obtener de donde se envió. Pídelo otra vez.",
  "file.failed.damaged": "llegó dañado y no se guardó. Pídelo otra vez.",
  "file.failed.too_long": "es más grande de lo que Hilo guarda.",
  "file.failed.refused":
    "un computador lo ejecutaría al abrirlo; se guarda, pero no se ofrece. Pídelo en otro formato.",
  "file.failed.gave_up": "no se pudo traer, tras muchos intentos. Pídelo otra vez.",

  "time.underMinute": "menos de 1 min",
  "time.now": "ahora",
  "time.yesterday": "ayer",
  "time.today": "Hoy",
}
