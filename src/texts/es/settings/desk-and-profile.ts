import type { deskAndProfile as english } from "../../en/settings/desk-and-profile.ts"

export const deskAndProfile: Record<keyof typeof english, string> = {
  "settings.profile": "Mi perfil",
  "settings.desk": "Mesa de ayuda",

  "desk.intro": "Cómo se llama, dónde está y qué ve cada quien.",
  "desk.name": "Nombre",
  "desk.noCountry": "Ninguno: solo teléfonos con código de país",
  "desk.languageHint": "De lo que Hilo dice por sí mismo cuando no se conoce el idioma de quien lo lee.",
  "desk.visibility": "Contactos que ve el equipo",
  "desk.visibility.scoped": "Los de tickets que ven, o que crearon",
  "desk.visibility.all": "Todos",
  "desk.visibilityHint": "Los tickets siguen siendo visibles solo para su equipo.",
  "desk.reopenDays": "Días para reabrir",
  "desk.reopenDaysHint": "Después, un mensaje del cliente crea un ticket de seguimiento.",
  "desk.mailCustomers": "Avisar por correo a los clientes",
  "desk.mailCustomersHint": "De respuestas y cierres en tickets sin un canal que les avise.",

  "profile.intro": "Cómo se ve Hilo y cómo te habla.",
  "profile.timezone": "Zona horaria",
  "profile.hours": "Horario de trabajo",
  "profile.inHours": "Estás dentro de tu horario: se te pueden asignar tickets nuevos.",
  "profile.outsideHours": "Estás fuera de tu horario: no se te asignan tickets nuevos hasta: {when}.",
  "profile.password": "Contraseña",
  "profile.currentPassword": "Contraseña actual",
  "profile.newPassword": "Contraseña nueva",
  "profile.changePassword": "Cambiar la contraseña",
  "profile.passwordChanged": "Tu contraseña cambió",
  "profile.wrongPassword": "La contraseña actual no es correcta.",
  "profile.appearance": "Apariencia",
  "profile.keyboard": "Teclado",
}
