import type { Story } from "./story.ts"

// What came and should not stay: exchanges, refunds, invoices, warranties.
export const spanishReturnStories: Story[] = [
  {
    category: "returns",
    lines: [
      [
        "customer",
        "Hola, pedí {product} talla {size} y me quedó pequeña. ¿Puedo cambiarla?",
        "Buenas tardes, me llegó {product} pero en la talla equivocada 😩",
      ],
      [
        "agent",
        "Hola, {name}. Claro que sí: tiene 30 días para el cambio. ¿Qué talla necesita y conserva la etiqueta?",
      ],
      ["customer", "Sí, está todo con etiqueta. Necesito una talla más"],
      [
        "agent",
        "Listo, hay disponible. El cambio no tiene costo:\n\n1. Le llega una guía de recogida a su correo\n2. Entrega el paquete al mensajero\n3. Despachamos la nueva talla el mismo día",
      ],
      ["customer", "Excelente, qué fácil 😊", "Ok, quedo pendiente del correo"],
    ],
  },
  {
    category: "refund",
    priority: "high",
    tags: ["reembolso"],
    lines: [
      [
        "customer",
        "Devolví {product} hace dos semanas y no veo el reembolso en mi tarjeta. Pedido {order}",
        "¿Cuándo me devuelven la plata del pedido {order}? Ya van 15 días",
      ],
      ["agent", "Hola, {name}. Entiendo la molestia. Veo que recibimos la devolución; reviso con tesorería."],
      ["note", "El reembolso de {amount} salió el martes, referencia R-{guide}. El banco tarda hasta 8 días hábiles."],
      [
        "agent",
        "El reembolso de **{amount}** salió el martes. Su banco puede tardar hasta 8 días hábiles en mostrarlo. Si el viernes no aparece, escríbame y lo reclamo yo.",
      ],
      ["customer", "Ah, no sabía. Voy a revisar con el banco"],
      ["customer", "Me confirman que está en proceso 👌"],
      ["agent", "¡Qué bueno! Cualquier cosa, aquí estamos."],
    ],
  },
  {
    category: "invoice",
    lines: [
      [
        "customer",
        "Buenos días, necesito la factura electrónica del pedido {order} a nombre de mi empresa",
        "Hola! me pueden reenviar la factura? no me llegó al correo",
      ],
      ["agent", "Con gusto, {name}. ¿Me confirma la razón social, el NIT o RFC y el correo?"],
      ["customer", "Comercial La Esperanza, el mismo NIT de la compra pasada. Al correo contabilidad@example.com"],
      ["agent", "Enviada a contabilidad@example.com. La nota anterior queda anulada."],
      ["customer", "Llegó, mil gracias", "Recibida"],
    ],
  },
  {
    category: "warranty",
    tags: ["garantía"],
    lines: [
      [
        "customer",
        "Hola, compré {product} en marzo y ya no funciona. ¿Tiene garantía?",
        "buenas, {product} se dañó a los dos meses, qué hago??",
      ],
      ["customer", "El pedido fue el {order}"],
      ["agent", "Hola, {name}. Tiene un año de garantía, así que está cubierto. ¿Me cuenta qué le pasa exactamente?"],
      ["customer", "Al principio fallaba a ratos y desde el sábado no enciende. No se ha mojado ni golpeado"],
      ["note", "Tercer caso de este lote en el mes. Avisar a compras."],
      [
        "agent",
        "Gracias por el detalle. Lo recogemos en su dirección mañana entre 9 y 13 h y le enviamos uno nuevo; no hace falta la caja.",
      ],
      ["customer", "Buenísimo. Mañana alguien estará"],
      ["agent", "Perfecto. La guía de recogida es {guide}."],
    ],
  },
]
