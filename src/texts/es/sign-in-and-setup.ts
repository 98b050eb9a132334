import type { signInAndSetup as english } from "../en/sign-in-and-setup.ts"

export const signInAndSetup: Record<keyof typeof english, string> = {
  "signIn.title": "Entrar en Hilo",
  "signIn.go": "Entrar",
  "signIn.wrong": "El correo o la contraseña no son correctos.",
  "signIn.forgot": "¿Olvidaste tu contraseña?",

  "forgot.title": "¿Olvidaste tu contraseña?",
  "forgot.intro": "Escribe tu correo y te enviamos un enlace para elegir otra contraseña.",
  "forgot.admin": "¿No llega? Alguien de administración puede darte un enlace.",

  "password.title": "Elige tu contraseña",
  "password.intro": "Solo tú la sabrás. Con ella entras desde ahora.",
  "password.go": "Guardar y continuar",
  "password.linkOver":
    "Este enlace ya se usó, se reemplazó o venció. Pide otro a alguien de administración, o haz que te llegue por correo.",

  "endKeys.title": "Claves de API",
  "endKeys.text":
    "Tu contraseña cambió. {count, plural, one {# clave de API actúa} other {# claves de API actúan}} en tu nombre. ¿Revocarla{count, plural, one {} other {s}} también? Hazlo si alguien pudo saber tu contraseña anterior.",
  "endKeys.end": "Revocar",
  "endKeys.keep": "Conservar",

  "portal.sendLink": "Enviarme un enlace",
  "portal.linkSent": "Si conocemos {email}, un enlace va en camino. Sirve durante 30 minutos.",
  "portal.linkNotThere": "¿No llega? Mira en la carpeta de spam o revisa la dirección.",
  "portal.otherAddress": "Usar otra dirección",
  "portal.withPassword": "Entrar con contraseña",
  "portal.byLink": "¿Eres cliente? Entra con tu correo",

  "setup.title": "Te damos la bienvenida a Hilo",
  "setup.intro": "Crea la primera cuenta. Administra todo y puede invitar a los demás.",
  "setup.deskName": "Nombre de tu mesa de ayuda (opcional)",
  "setup.country": "País",
  "setup.countryHint": "Los teléfonos escritos sin código de país se leen como números de este país.",
  "setup.noCountry": "Ninguno: solo se leen teléfonos con + y código",
  "setup.go": "Crear la cuenta",
  "setup.noToken":
    "Abre el enlace de instalación que el servidor mostró al arrancar. Lleva una clave que prueba que el servidor es tuyo.",
  "setup.used": "Este enlace ya se usó o venció. Arranca el servidor de nuevo para tener otro, o entra.",
  "setup.toSignIn": "Ir a la entrada",
}
