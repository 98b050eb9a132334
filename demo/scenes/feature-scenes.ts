// Scenes that every demo has: one for each thing the desk must be able to show. Minutes are counted back from now.
import {
  answer,
  close,
  day,
  type SceneBuilder,
  note,
  person,
  say,
  createSceneBuilder,
  type TimedAct,
} from "./scene-builder.ts"
import { phoneScenes } from "./telephone-and-counter-scenes.ts"
import { campaignScenes } from "./campaign-scenes.ts"
import { multiTicketScenes } from "./multi-ticket-scenes.ts"
import { type Customer, customers } from "../staff-and-customers.ts"
import type { Scene } from "./scene.ts"
import { mailScenes } from "../mail/mail-scenes.ts"
import { whatsappScenes } from "./whatsapp-scenes.ts"

const longName = person(
  1,
  "María de los Ángeles Fernández de Córdoba y Santamaría, Distribuidora El Buen Precio de Barranquilla y del Caribe S.A.S.",
)
const longText = [
  "Buenos días. Les escribo con detalle porque ya he hablado con tres personas y quiero que quede por escrito.",
  "El 3 compré dos lámparas y una hamaca. El 6 llegó una lámpara, en una caja abierta. El 7 llamé y me dijeron que la otra venía en camino; el 9, que no estaba en inventario; el 11, que ya se había entregado y la había firmado «portería». En mi edificio no hay portería.",
  "Adjunto el número de guía GU-5120093, la hora de cada llamada (9:14, 16:40 y 11:02) y el nombre de quien me atendió. No busco una compensación: quiero las cosas que compré o el dinero, y saber cuál de las dos.",
  "También les pido que revisen la dirección: en la guía aparece «Cra. 43A», y yo escribí «Calle 43A». Si ese fue el error, el paquete puede estar con un vecino; ya pregunté en tres edificios y nadie lo tiene.",
  "Quedo atenta. Si prefieren llamarme, por favor después de las 5 de la tarde, porque doy clases y no puedo contestar.",
].join("\n\n")

/** The scenes of today and of the corners, as they stand at `now`. */
export function featureScenes(now: Date): Scene[] {
  const scene = createSceneBuilder(now)
  const more = [
    ...campaignScenes(scene),
    ...whatsappScenes(scene),
    ...mailScenes(scene),
    ...phoneScenes(scene),
    ...multiTicketScenes(scene, now),
  ]
  return [...today(scene), ...deadlines(scene), ...corners(scene, now), ...more]
}

function today(scene: SceneBuilder): Scene[] {
  const [carla, damian] = customers(0) as [Customer, Customer]
  return [
    scene("chat", carla, "ana", [
      [190, say("Hola, soy Carla. Mi pedido #48213 no ha llegado y lo necesito para el sábado")],
      [184, { does: "take", category: "shipping", priority: "high", values: { pedido: "#48213", motivo: "Demora" } }],
      [181, answer("Hola, Carla. Soy Ana. Ya estoy buscando su paquete 🙂")],
      [176, note("La guía GU-7741203 quedó en la bodega equivocada. @Bruno, ¿la puedes pasar a la ruta de hoy?")],
      [170, answer("Lo encontré: sale **hoy** en la ruta de la tarde.")],
      [168, say("¡Mil gracias!")],
      [166, close],
      [52, say("Perdón, sigo esperando. ¿A qué hora pasa la ruta?")],
      [45, answer("Entre las 4 y las 6. Yo misma le aviso cuando salga.")],
      [3, say("Vale, quedo pendiente 🙏")],
      [2, { does: "draft", text: "Carla, acaba de salir: el mensajero es Jairo y llega en unos" }],
    ]),
    scene("chat", damian, "bruno", [[2, say("buenas, ¿ustedes tienen tienda física en Cali?")]]),
    scene("chat", person(2, "✨ Luz ✨"), "ana", [
      [9, say("Holaaa 😍😍 amo la mochila verde!!! hay más colores? 💚💙🧡")],
      [8, say("👀")],
    ]),
    scene("orders", person(3, "يوسف الحداد"), "ana", [
      [64, say("مرحبًا، طلبي رقم 40217 لم يصل بعد. هل يمكنكم المساعدة؟")],
      [21, say("Sorry, I can also write English.")],
    ]),
    scene("orders", longName, "sol", [
      [118, say(longText)],
      [98, { does: "tier", tier: "Mayorista" }],
      [97, { does: "take", category: "shipping", priority: "urgent", values: { motivo: "Demora" } }],
      [95, note("Lo tomo yo. Pedir el comprobante de entrega firmado a la transportadora.")],
    ]),
    {
      ...scene("wholesale", person(8, "Hotel Las Palmas"), "teo", [
        [40, say("Good morning, we would like 120 beach towels with our logo. Could you quote?")],
        [35, { does: "tier", tier: "Mayorista" }],
        [33, answer("Good morning! Yes: **15 %** off above 100 units. Which colour?")],
        [12, say("White with teal embroidery, please")],
      ]),
      as: "towels",
    },
  ]
}

/** Of wholesale, whose deadlines run day and night: just come, at risk, missed, answered in time and late. */
function deadlines(scene: SceneBuilder): Scene[] {
  return [
    scene("wholesale", person(14, "Café La Esquina"), "teo", [
      [6, say("Buenas, ¿manejan termos con logo para 60 unidades?")],
    ]),
    scene("wholesale", person(15, "Colegio San Bartolomé"), "bruno", [
      [52, say("Necesitamos 200 morrales para el viernes. ¿Es posible?")],
      [50, { does: "take", priority: "high" }],
    ]),
    scene("wholesale", person(16, "Ferretería El Tornillo"), "bruno", [
      [94, say("Llegaron 18 cajas y la factura dice 20. ¿Quién responde?")],
      [90, { does: "take", priority: "high" }],
    ]),
    scene("wholesale", person(17, "Gimnasio Altura"), "teo", [
      [200, say("Hello, could we get the towels a week earlier?")],
      [170, answer("Hello! Yes, they leave the workshop on Thursday.")],
      [20, say("Great. Can you also confirm the invoice name?")],
    ]),
    scene("wholesale", person(18, "Restaurante Mar Azul"), "teo", [
      [230, say("¿Los individuales vienen en lino?")],
      [140, answer("Sí, en lino lavado. Perdone la demora.")],
      [100, close],
    ]),
  ]
}

/** What comes after the end, what cannot be delivered, and a group that was silent for two months. */
function corners(scene: SceneBuilder, now: Date): Scene[] {
  return [
    scene("orders", person(4, "שירה כהן", "en"), "teo", [
      [2 * day + 30, say("Hi, is order #41999 a gift? תודה!")],
      [2 * day, answer("Hi! It will be wrapped, no prices inside.")],
      [2 * day - 20, close],
      [2 * day - 60, say("Thank you! 👍")],
    ]),
    scene("chat", person(5, "Ernesto Vidal"), "bruno", [
      [80, say("Hola, ¿me cambian la talla del pedido #44871?")],
      [70, answer("Claro, Ernesto. Ya le llegó la guía de recogida al correo.")],
      [50, close],
      [31, say("Muchas gracias 👍")],
    ]),
    scene("orders", person(6, "Gloria Patiño"), "ana", [
      [5 * day, say("Buenos días, ¿mi devolución ya llegó?")],
      [5 * day - 30, answer("Buenos días, Gloria. Llegó ayer.")],
      [5 * day - 45, say("Qué bien")],
      [5 * day - 60, close],
      [
        5 * day - 300,
        {
          does: "late",
          text: "(enviado desde el metro) la guía era GU-1190045",
          wroteAt: new Date(now.getTime() - (5 * day - 40) * 60_000),
        },
      ],
    ]),
    scene("orders", person(7, "Número equivocado"), "bruno", [
      [day + 60, say("Por favor avísenme por aquí cuando salga")],
      [day + 20, { does: "answer", text: "Su pedido salió hoy.", fails: true }],
    ]),
    scene("orders", store, "bruno", group, "Despachos Antioquia"),
  ]
}

const store = person(11, "Bodega Medellín")
const lina = person(12, "Lina (sede Envigado)")
const jairo = person(13, "Jairo, mensajería")
const group: TimedAct[] = [
  [60 * day, say("Buenos días, equipo. Hoy salen 34 paquetes", store)],
  [60 * day - 8, say("Envigado recibe 12 ✔️", lina)],
  [60 * day - 15, { does: "take", category: "shipping", tags: ["despachos"] }],
  [60 * day - 20, answer("Gracias. Quedan 22 para la ruta de la tarde.")],
  [60 * day - 400, close],
  [75, say("Hoy falta un paquete: GU-7741203", jairo)],
  [70, say("¿El de la señora Carla? Estaba mal clasificado", store)],
  [66, answer("Sí, ese. Por favor que salga en la ruta de la tarde 🙏")],
  [18, say("Ya va conmigo 🏍️", jairo)],
]
