// Three months of mails: orders in HTML, threads of several people, what machines write, people whom nobody knows, and one that cannot be read.
import { answer, close, day, note, person, type SceneBuilder, type TimedAct } from "../scenes/scene-builder.ts"
import type { Scene, SceneAct } from "../scenes/scene.ts"
import type { MailPerson, SceneMail } from "./compose-scene-mail.ts"

type Act = TimedAct[1]

const from = (name: string, at = "correo.example"): MailPerson => ({
  name,
  address: `${name
    .normalize("NFD")
    .replaceAll(/[^A-Za-z ]/g, "")
    .toLowerCase()
    .replaceAll(" ", ".")}@${at}`,
})
const mail = (sent: SceneMail, answers?: (SceneAct & { does: "mail" })["answers"]): Act => ({
  does: "mail",
  mail: sent,
  ...(answers && { answers }),
})
const take = (category: "returns" | "invoice"): Act => ({ does: "take", category })

export function mailScenes(scene: SceneBuilder): Scene[] {
  return [...today(scene), ...people(scene), ...reopened(scene), ...machines(scene), ...lists(scene), ...past(scene)]
}

function today(scene: SceneBuilder): Scene[] {
  const laura = from("Laura Mejía")
  const pedro = from("Pedro Arango", "ferreteria.example")
  const subject = "Pedido #48377: llegó una lámpara que no es"
  return [
    scene("mail", person(60, laura.name), "ana", [
      [95, mail({ from: laura, subject, text: `${orderText}\n\nLaura`, html: orderHtml })],
      [88, take("returns")],
      [
        70,
        answer("Hola, Laura. Qué pena. ¿Nos envía una foto de la etiqueta de la caja? Le despachamos hoy la correcta."),
      ],
      [
        22,
        mail(
          {
            from: laura,
            subject: `Re: ${subject}`,
            text: quoted("La etiqueta dice REF-2210. Gracias por la rapidez."),
          },
          "ours",
        ),
      ],
    ]),
    scene("mail", person(61, pedro.name), "bruno", [
      [
        14,
        mail({
          from: pedro,
          subject: "Cotización de 40 hamacas",
          text: "Buenos días:\n\n¿Qué precio tienen 40 hamacas puestas en Neiva?\n\nPedro Arango\nFerretería El Tornillo",
        }),
      ],
    ]),
  ]
}

/** Several write in one thread: who was in copy, and one whom nobody knows. */
function people(scene: SceneBuilder): Scene[] {
  const nadia = from("Nadia Restrepo", "hotelmirador.example")
  const hugo = from("Hugo Pinzón", "hotelmirador.example")
  const stranger = from("Recepción Mirador", "otrohotel.example")
  const subject = "Factura de septiembre sin NIT"
  const re = `Re: ${subject}`
  return [
    scene("mail", person(62, nadia.name), "sol", [
      [
        9 * day + 300,
        mail({
          from: nadia,
          cc: [hugo],
          subject,
          text: "Buenas tardes:\n\nLa factura FV-20933 salió sin nuestro NIT. Copio a Hugo, de contabilidad.\n\nNadia",
        }),
      ],
      [9 * day + 240, take("invoice")],
      [9 * day + 200, answer("Hola, Nadia y Hugo. ¿Nos confirman el NIT y el correo para la factura electrónica?")],
      [
        9 * day + 60,
        mail(
          {
            from: hugo,
            cc: [nadia],
            subject: re,
            text: quoted("NIT 900.123.456-7, facturacion@hotelmirador.example."),
          },
          "ours",
        ),
      ],
      [8 * day, note("Contabilidad la rehace el lunes. @Ana, ¿la envías cuando salga?")],
      [5 * day, answer("Listo: la factura corregida es la FV-21002 y salió a ese correo.")],
      [4 * day, mail({ from: stranger, subject: re, text: "Hola, yo también necesito la factura corregida." }, "ours")],
    ]),
  ]
}

/** Closed, and back within the window. */
function reopened(scene: SceneBuilder): Scene[] {
  const tomas = from("Tomás Villa")
  return [
    scene("mail", person(63, tomas.name), "ana", [
      [
        20 * day,
        mail({ from: tomas, subject: "¿Hacen envíos a Leticia?", text: "Hola, ¿envían a Leticia y cuánto tarda?" }),
      ],
      [20 * day - 120, answer("Sí, Tomás: por avión, unos 6 días hábiles.")],
      [
        20 * day - 180,
        mail({ from: tomas, subject: "Re: ¿Hacen envíos a Leticia?", text: quoted("Perfecto, gracias.") }, "ours"),
      ],
      [19 * day, close],
      [
        12 * day,
        mail(
          {
            from: tomas,
            subject: "Re: ¿Hacen envíos a Leticia?",
            text: quoted("Otra duda: ¿cuánto cuesta el envío de dos hamacas?"),
          },
          "ours",
        ),
      ],
      [12 * day - 200, answer("38.000 pesos las dos, Tomás.")],
      [11 * day, close],
    ]),
  ]
}

/** A bounce and an absence note. */
function machines(scene: SceneBuilder): Scene[] {
  const gone = from("Elena Duarte", "viejo.example")
  const away = from("Marco Lozano")
  return [
    scene("mail", person(64, gone.name), "bruno", [
      [
        33 * day,
        mail({
          from: gone,
          subject: "Cambio de dirección",
          text: "Por favor cambien la entrega a la Calle 10 # 43-12.",
        }),
      ],
      [33 * day - 90, answer("Con gusto, Elena. Queda para el jueves.")],
      [33 * day - 95, { does: "bounce", recipient: gone.address }],
    ]),
    scene("mail", person(65, away.name), "ana", [
      [
        6 * day,
        mail({
          from: away,
          subject: "Garantía de la silla",
          text: "Se partió una pata de la silla a los dos meses. ¿Qué debo hacer?",
        }),
      ],
      [6 * day - 60, answer("Hola, Marco. La cambiamos. ¿Qué día puede recibirla?")],
      [
        6 * day - 62,
        mail(
          {
            from: away,
            subject: "Respuesta automática: Garantía de la silla",
            text: "Estoy de vacaciones hasta el lunes.",
            headers: { "Auto-Submitted": "auto-replied" },
          },
          "ours",
        ),
      ],
    ]),
  ]
}

/** What a list sends, and a mail that nobody can be read from. */
function lists(scene: SceneBuilder): Scene[] {
  const bank = { name: "Banco Andino", address: "avisos@banco.example" }
  return [
    scene("mail", person(66, bank.name), "sol", [
      [
        3 * day,
        mail({
          from: bank,
          subject: "Extracto de octubre disponible",
          text: "Su extracto está disponible en la sucursal virtual.",
          headers: { "List-Id": "<avisos.banco.example>" },
        }),
      ],
      [2 * day, close],
      [
        day,
        {
          does: "quarantine",
          subject: "Reclamo por garantía",
          text: "La nevera que compré el mes pasado ya no enfría.",
        },
      ],
    ]),
  ]
}

const questions: [name: string, subject: string, text: string, reply: string][] = [
  ["Gloria Ruiz", "Talla de las sandalias", "¿La 38 es grande o pequeña?", "Es exacta, Gloria: pida la suya."],
  ["Iván Cano", "Recibo de pago", "Pagué ayer y no me llegó el recibo.", "Va de nuevo a este correo, Iván."],
  [
    "Sara Pulido",
    "Devolución de una ruana",
    "Quiero devolver una ruana sin usar.",
    "Claro, Sara: la recogemos el martes.",
  ],
  [
    "Emma Carter",
    "Do you ship to Quito?",
    "Hi, do you ship to Quito, Ecuador?",
    "We do, Emma: about eight working days.",
  ],
  ["Julio Pardo", "Horario del sábado", "¿Atienden el sábado por la tarde?", "Hasta las 6, Julio."],
  [
    "Rosa Vélez",
    "Factura duplicada",
    "Me cobraron dos veces el pedido #46120.",
    "Ya reversamos uno, Rosa: lo verá en 3 días.",
  ],
  ["Ana Milena Soto", "Lavado del tapete", "¿El tapete de lana se puede lavar en casa?", "Solo en seco, Ana Milena."],
  [
    "Óscar Tafur",
    "Pedido para un colegio",
    "Necesitamos 120 morrales para enero.",
    "Le llega la cotización hoy, Óscar.",
  ],
]

/** Ended long ago, from three months back on. */
const past = (scene: SceneBuilder): Scene[] =>
  questions.map(([name, subject, text, reply], n) => {
    const writer = from(name)
    const begins = (88 - n * 6) * day
    return scene("mail", person(70 + n, name, name === "Emma Carter" ? "en" : "es"), n % 2 === 0 ? "ana" : "bruno", [
      [begins, mail({ from: writer, subject, text: `${text}\n\n-- \n${name}` })],
      [begins - 150, answer(reply)],
      [begins - 400, mail({ from: writer, subject: `Re: ${subject}`, text: quoted("Gracias") }, "ours")],
      [begins - 900, close],
    ])
  })

const quoted = (words: string) =>
  `${words}\n\nEl lun, 2 nov 2026 a las 10:00, Andina escribió:\n> Hola, le contestamos por aquí.`

const orderText = "Hola:\n\nPedí la lámpara Sierra y llegó la Costa. ¿Cómo la cambio?"
const orderHtml = `<div style="font-family:Arial"><p>Hola:</p><p>Pedí la lámpara <b>Sierra</b> y llegó la <b>Costa</b>. ¿Cómo la cambio?</p>
<table border="1" cellpadding="4"><tr><th>Pedido</th><th>Pedí</th><th>Llegó</th></tr><tr><td>#48377</td><td>Sierra</td><td>Costa</td></tr></table>
<p>Laura</p></div>`
