// Matters that are more than one conversation: a customer's own tickets, two that were one, one that was two.
import { answer, call, day, type SceneBuilder, note, person, say } from "./scene-builder.ts"
import { type Customer, customers } from "../staff-and-customers.ts"
import type { Scene } from "./scene.ts"

export function multiTicketScenes(scene: SceneBuilder, now: Date): Scene[] {
  return [...own(scene, customers(0)[0]!), ...combined(scene), ...later(scene, now)]
}

function own(scene: SceneBuilder, carla: Customer): Scene[] {
  const zip = "La cremallera de la mochila Andina se trabó a los dos meses. ¿La cubre la garantía?"
  const address = "Me mudé. ¿Pueden enviar el pedido a la Calle 10 # 32-15, en Envigado?"
  const invoice = "Necesito la factura a nombre de mi empresa, no al mío. ¿Qué datos les envío?"
  return [
    scene("orders", carla, "bruno", [
      [75 * day, { does: "ask", subject: "Cremallera de la mochila", description: zip, values: { pedido: "#41730" } }],
      [75 * day - 50, { does: "take", category: "warranty" }],
      [75 * day - 60, answer("Sí, Carla. Le cambiamos la mochila sin costo; le enviamos la guía.")],
      [70 * day, { does: "resolve", resolution: "Se cambió la mochila por garantía (guía GU-3306218)." }],
      [70 * day - 90, { does: "score", score: 5, comment: "Rapidísimo, y sin peleas por la garantía." }],
      [60 * day, { does: "close" }],
      [2 * day - 100, { does: "write", text: "Hola, la mochila nueva tiene el mismo problema 😕" }],
      [day + 300, { does: "take", priority: "high", values: { motivo: "Producto dañado" } }],
      [day + 290, answer("Qué pena, Carla. Esta vez le ofrecemos otro modelo o el reembolso. ¿Qué prefiere?")],
      [day + 285, note("Segunda falla del mismo lote. @Sol, ¿avisamos al proveedor?")],
    ]),
    scene("orders", carla, "ana", [
      [6 * day, { does: "ask", subject: "Cambio de dirección", description: address, values: { pedido: "#47802" } }],
      [6 * day - 30, { does: "take", category: "shipping" }],
      [6 * day - 40, answer("Listo, Carla: cambié la dirección antes de que saliera de bodega.")],
      [3 * day + 90, { does: "resolve", resolution: "Dirección cambiada antes del despacho; entregado el mismo día." }],
      [3 * day + 20, { does: "score", score: 4 }],
    ]),
    scene("orders", carla, "ana", [
      [day + 120, { does: "ask", subject: "Factura a nombre de empresa", description: invoice }],
      [day + 60, { does: "take", category: "invoice", values: { motivo: "Facturación" } }],
      [day + 55, answer("Con gusto: la razón social, el NIT y el correo de facturación.")],
      [day + 54, { does: "wait" }],
      [35, { does: "write", text: "Montoya Diseño S.A.S., NIT 900.000.001-1, facturas@example.com. ¡Gracias!" }],
    ]),
  ]
}

function combined(scene: SceneBuilder): Scene[] {
  const patricia = person(60, "Patricia Lozano")
  const order = "Llamó para saber por el mismo pedido que escribió en la mañana."
  const julian = person(61, "Julián Acosta")
  const named = scene("orders", patricia, "ana", [
    [260, say("Buenos días, mi pedido #48377 dice entregado y no lo tengo")],
    [250, { does: "take", category: "shipping", values: { pedido: "#48377", motivo: "Demora" } }],
    [244, answer("Buenos días, Patricia. Ya pregunto a la transportadora quién lo recibió.")],
    [100, say("Apareció: lo tenía el vecino del 302 🙈")],
  ])
  return [
    { ...named, as: "neighbour" },
    scene("orders", patricia, "ana", [
      [180, call("Pedido #48377 no aparece", order)],
      [172, { does: "merge", to: "neighbour" }],
    ]),
    scene("orders", julian, "sol", [
      [230, say("Hola, ¿la hamaca doble viene con cuerdas?")],
      [221, answer("¡Hola, Julián! Sí, con dos cuerdas y dos mosquetones.")],
      [215, say("Otra cosa: me cobraron dos veces el pedido #48102")],
      [205, { does: "split", subject: "Cobro doble del pedido #48102" }],
      [204, answer("El cobro lo revisa contabilidad en un caso aparte; hoy mismo le confirmo.")],
    ]),
  ]
}

function later(scene: SceneBuilder, now: Date): Scene[] {
  const [hotel, lamp] = [person(8, "Hotel Las Palmas"), person(62, "Esteban Rincón")]
  const visit = "Reception asked for a sample of the teal towel before they confirm the 120."
  return [
    scene("wholesale", hotel, "teo", [
      [28, call("Towel sample for Hotel Las Palmas", visit)],
      [26, { does: "link", to: "towels", type: "conversation" }],
      [25, { does: "take", values: { prometido: inDays(now, 2) } }],
      [24, note("Sample leaves on Monday. @Bruno, please keep two in teal aside.")],
    ]),
    scene("orders", lamp, "bruno", [
      [
        330,
        call("Lámpara llegó rota", "Don Esteban abrió la caja con el mensajero: la pantalla venía partida.", "high"),
      ],
      [320, { does: "take", values: { motivo: "Producto dañado", pedido: "#47955" } }],
      [318, { does: "apply", macro: "Pedir foto del daño" }],
      [60, { does: "snooze", hours: 20 }],
      [59, note("Envía la foto mañana, cuando vuelva de viaje.")],
    ]),
  ]
}

const inDays = (now: Date, days: number) => new Date(now.getTime() + days * day * 60_000).toISOString().slice(0, 10)
