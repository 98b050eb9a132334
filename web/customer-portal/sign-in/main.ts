// What the page's form does without this, it does here without leaving the page. What it says stands in the page itself.
const page = document.querySelector("main")!
const form = document.querySelector("form")!
const email = document.querySelector<HTMLInputElement>("#email")!
const enter = document.querySelector<HTMLButtonElement>("#enter")!
const sent = document.querySelector<HTMLElement>("#sent")!
const hash = new URLSearchParams(location.hash.slice(1))
const token = hash.get("token")
const patienceMs = 30_000

type Trouble = "expired" | "invalid" | "network" | "other" | "over" | "too_many"

keepLanguage()
if (page.dataset["is"] === "enter" && !token) show("ask")
if (hash.has("expired")) say("expired")
enter.removeAttribute("aria-disabled")
if (page.dataset["is"] === "enter") enter.focus()

form.addEventListener("submit", (event) => {
  event.preventDefault()
  void pressed(form.querySelector("button")!, async () => {
    const trouble = await ask("POST", { email: email.value })
    if (trouble) return say(trouble)
    if (location.pathname !== "/my/enter") remember(location.pathname)
    for (const place of document.querySelectorAll("[data-address]")) place.textContent = email.value
    show("sent")
  })
})

enter.addEventListener("click", () => {
  void pressed(enter, async () => {
    const trouble = await ask("PUT", { token })
    if (!trouble) return location.replace(takeReturnPath())
    if (trouble === "over") show("ask")
    say(trouble)
  })
})

document.querySelector("#again")!.addEventListener("click", (event) => {
  event.preventDefault()
  show("ask")
})

async function ask(method: "POST" | "PUT", body: object): Promise<Trouble | null> {
  try {
    const response = await fetch("/api/v1/session/link", {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    })
    return response.ok ? null : troubleOf(response.status, (await response.json()) as { code?: string })
  } catch {
    return "network"
  }
}

function troubleOf(status: number, { code }: { code?: string }): Trouble {
  if (status === 503) return "network"
  if (code === "too_many" || code === "invalid") return code
  return code === "link_over" ? "over" : "other"
}

async function pressed(button: HTMLButtonElement, act: () => Promise<void>) {
  if (button.ariaDisabled === "true") return
  say(null)
  button.ariaDisabled = "true"
  await act()
  button.ariaDisabled = null
}

/** What had the focus is gone with the step before. */
function show(what: "ask" | "sent") {
  page.dataset["is"] = what
  ;(what === "ask" ? email : sent).focus()
}

function say(trouble: Trouble | null) {
  if (trouble) page.dataset["problem"] = trouble
  else delete page.dataset["problem"]
  email.ariaInvalid = trouble === "invalid" ? "true" : null
  if (trouble === "invalid") email.focus()
}

/** The language that was chosen here before goes before the browser's. */
function keepLanguage() {
  const shown = document.documentElement.lang.slice(0, 2)
  const chosen = read("language")
  const isAsked = new URLSearchParams(location.search).has("lang")
  if (isAsked) write("language", shown)
  else if (chosen && chosen !== shown && ["es", "en"].includes(chosen)) goTo(chosen, "replace")
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[lang]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault()
      write("language", link.lang)
      goTo(link.lang, "assign")
    })
  }
}

// The token behind the # goes along.
function goTo(language: string, how: "assign" | "replace") {
  location[how](`${location.pathname}?lang=${language}${location.hash}`)
}

/** The request that a mail named, until its reader has come in by the link of another mail. */
const remember = (path: string) => write("wanted", /^\/my\/TKT-\d+$/.test(path) ? path : null)

function takeReturnPath(): string {
  const path = read("wanted") ?? "/my"
  write("wanted", null)
  return path
}

// As web/lib/local-storage.ts: storage may be forbidden, and then nothing is remembered.
function read(name: string): string | null {
  try {
    return localStorage.getItem(`hilo.${name}`)
  } catch {
    return null
  }
}

function write(name: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(`hilo.${name}`)
    else localStorage.setItem(`hilo.${name}`, value)
  } catch {
    // see above
  }
}
