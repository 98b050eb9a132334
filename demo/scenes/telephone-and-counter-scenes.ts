import { answer, call, close, day, type SceneBuilder, note, person } from "./scene-builder.ts"
import type { Scene } from "./scene.ts"

/** Problems that came by telephone or over the counter: support tickets, one in each state. */
export function phoneScenes(scene: SceneBuilder): Scene[] {
  const callers = ["Amparo Ruiz", "Hernán Duque", "Rocío Vélez", "Kate Wilson", "Gustavo Marín"].map((name, n) =>
    person(90 + n, name),
  )
  return [
    scene("orders", callers[0]!, "ana", [
      [
        300,
        call(
          "Caja rota al recibir",
          "Llamó la señora Amparo: la caja llegó abierta y falta un termo. Pide reposición.",
          "high",
        ),
      ],
      [280, note("La foto está en el correo de bodega. @Ana, ¿la reposición sale hoy?")],
    ]),
    scene("orders", callers[1]!, "bruno", [
      [2 * day, call("Datos para factura", "Llamó don Hernán: falta su NIT para emitir la factura.")],
      [2 * day - 15, { does: "take", category: "invoice" }],
      [2 * day - 20, answer("Don Hernán, por favor envíenos el NIT y la razón social.")],
      [2 * day - 21, { does: "wait" }],
    ]),
    scene("orders", callers[2]!, "sol", [
      [4 * day, call("Reclamo por demora", "Tercera llamada de la misma clienta. Prometí respuesta hoy.", "urgent")],
      [4 * day - 60, { does: "take", category: "shipping" }],
      [4 * day - 90, answer("Su paquete se entregó a las 11:20. Le enviamos un bono por la demora.")],
      [day, { does: "resolve", resolution: "Entregado a las 11:20; se envió un bono por la demora." }],
    ]),
    scene("orders", callers[3]!, "teo", [
      [12 * day, call("Store credit not accepted", "Walk-in: the code from the refund does not work at the till.")],
      [12 * day - 30, { does: "take", category: "refund" }],
      [12 * day - 45, answer("The code works now; it had been typed with an O instead of a zero.")],
      [12 * day - 60, { does: "resolve", resolution: "The code had a zero typed as an O." }],
      [12 * day - 200, { does: "score", score: 2, comment: "I had to come to the shop twice." }],
      [8 * day, close],
    ]),
    scene("orders", callers[4]!, "ana", [
      [9 * day, call("Garantía de audífonos", "Trajo los audífonos a la tienda de Laureles.")],
      [9 * day - 30, { does: "take", category: "warranty" }],
      [6 * day, { does: "resolve" }],
      [day + 200, { does: "reopen" }],
      [day + 190, note("Volvieron a fallar. Pedir el cambio al proveedor.")],
    ]),
  ]
}
