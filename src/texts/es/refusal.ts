import type { refusal as english } from "../en/refusal.ts"

export const refusal: Record<keyof typeof english, string> = {
  "refusal.already_assigned": "{name} tiene este ticket. Míralo otra vez antes de tomarlo.",
  "refusal.already_done": "Esto ya se hizo y su respuesta no se guarda. Haz uno nuevo.",
  "refusal.connection_disabled": "La conexión está apagada. Enciéndela para enviar por ella.",
  "refusal.content_too_long": "El texto es muy largo para este canal. Envíalo por partes.",
  "refusal.duplicate_entry": "Ya existe uno con este valor.",
  "refusal.forbidden": "Tu rol no permite esto.",
  "refusal.in_progress": "Esto ya se está haciendo. Espera un momento.",
  "refusal.in_use": "Otra cosa todavía depende de esto.",
  "refusal.last_admin": "Hilo necesita al menos una persona de administración que pueda entrar.",
  "refusal.merged": "Este ticket se unió a otro. Sigue allí.",
  "refusal.not_available": "Esta parte de Hilo aún no está construida.",
  "refusal.not_found": "Aquí no hay nada, o no puedes verlo.",
  "refusal.not_retryable": "No se puede enviar otra vez ahora: puede haber llegado, o se rechazaría de nuevo.",
  "refusal.stale": "Alguien lo cambió mientras tanto. Mira otra vez y repite.",
  "refusal.thread_busy": "La conversación ya tiene un ticket activo: {number}.",
  "refusal.too_large": "Esto es más grande de lo que Hilo admite.",
  "refusal.too_many": "Demasiados intentos. Espera un minuto y prueba de nuevo.",
  "refusal.transition": "El ticket ya no está en un estado que permita esto. Mira otra vez.",
  "refusal.undeliverable": "No se puede llegar al contacto por este canal, o no lo desea.",
  "refusal.window_closed": "Pasaron más de 24 horas desde que escribió el cliente; solo se puede enviar una plantilla.",
}
