// How somebody gets in: sign-in, forgotten and new passwords, the first account.
export const signInAndSetup = {
  "signIn.title": "Sign in to Hilo",
  "signIn.go": "Sign in",
  "signIn.wrong": "E-mail or password is not right.",
  "signIn.forgot": "Forgot your password?",

  "forgot.title": "Forgot your password?",
  "forgot.intro": "Type your e-mail and we send you a link to choose another password.",
  "forgot.admin": "No mail? An administrator can give you a link.",

  "password.title": "Choose your password",
  "password.intro": "Only you will know it. With it you sign in from now on.",
  "password.go": "Save and continue",
  "password.linkOver":
    "This link was used, replaced or is too old. Ask an administrator for another one, or have one mailed.",

  "endKeys.title": "API keys",
  "endKeys.text":
    "Your password is changed. {count, plural, one {# API key acts} other {# API keys act}} in your name. Revoke {count, plural, one {it} other {them}} too? Do so if somebody may know your old password.",
  "endKeys.end": "Revoke",
  "endKeys.keep": "Keep",

  "portal.sendLink": "Send me a link",
  "portal.linkSent": "If we know {email}, a link is on its way. It works for 30 minutes.",
  "portal.linkNotThere": "Not there? Look in the spam folder, or check the address.",
  "portal.otherAddress": "Use another address",
  "portal.withPassword": "Sign in with a password",
  "portal.byLink": "Are you a customer? Sign in by e-mail",

  "setup.title": "Welcome to Hilo",
  "setup.intro": "Create the first account. It is an administrator and can invite everyone else.",
  "setup.deskName": "Name of your desk (optional)",
  "setup.country": "Country",
  "setup.countryHint": "Phones that are written without a country's code are read as numbers of this country.",
  "setup.noCountry": "None: only phones with + and a code are read",
  "setup.go": "Create the account",
  "setup.noToken":
    "Open the set-up link that the server printed when it started. It carries a key that proves you run this server.",
  "setup.used": "This set-up link was used or has expired. Start the server again to get a new one, or sign in.",
  "setup.toSignIn": "Go to sign-in",
}
