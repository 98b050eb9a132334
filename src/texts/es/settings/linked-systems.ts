import type { linkedSystems as english } from "../../en/settings/linked-systems.ts"

export const linkedSystems: Record<keyof typeof english, string> = {
  "linkedSystems.intro": "Sistemas en los que se abre y se cierra el mismo ticket. Hilo vigila que estén de acuerdo.",
  "linkedSystems.new": "Enlazar un sistema",
  "linkedSystems.newText": "Necesitas el acceso de administración de ese sistema, o a quien lo tiene.",
  "linkedSystems.empty":
    "No hay sistemas enlazados. Enlaza Splynx, donde se trabajan los tickets, y luego Gestión Real, que dice qué se cerró ahí.",
  "linkedSystems.failing": "Sin respuesta útil desde el {since}.",
  "linkedSystems.lastSeen": "Última respuesta o webhook: {when}",
  "linkedSystems.neverSeen": "Aún sin respuestas ni webhooks",
  "linkedSystems.removeText": "Hilo deja de preguntarle y rechaza sus webhooks. Lo que dijo queda con sus tickets.",
  "linkedSystems.stillOpen":
    "{count, plural, one {Uno de sus tickets sigue abierto} other {# de sus tickets siguen abiertos}} aquí: ciérralos a mano, o espera a que los dos sistemas los cierren.",
  "linkedSystems.kind": "Sistema",
  "linkedSystems.kindHint.splynx": "Donde trabajan los operadores. Hilo le pregunta cada cinco minutos, y ahí reabre.",
  "linkedSystems.kindHint.gestionreal": "Le dice a Hilo qué se abre y qué se cierra ahí. Hilo no le pregunta nada.",
  "linkedSystems.notSaved": "No se guardó. Lo que está mal se dice junto a su campo.",
  "linkedSystems.saveFirst": "Primero guarda los cambios.",

  "linkedSystems.baseUrl": "Dirección",
  "linkedSystems.baseUrlHint": "Como en el navegador, hasta el nombre. https, o http dentro de tu propia red.",
  "linkedSystems.wrong.baseUrl":
    "debe empezar con https:// (http:// solo dentro de tu propia red), sin usuario, sin ? y sin #",
  "linkedSystems.auth": "Cómo se identifica Hilo",
  "linkedSystems.auth.api_key": "Clave de API con firma",
  "linkedSystems.auth.basic": "Clave de API, acceso no seguro",
  "linkedSystems.auth.admin": "Nombre y contraseña de administrador",
  "linkedSystems.authHint.api_key":
    "Administración › Claves de API. La clave es solo para Hilo: ningún otro programa puede usarla.",
  "linkedSystems.authHint.basic": "Administración › Claves de API, con “Unsecure access” activado.",
  "linkedSystems.authHint.admin": "Una cuenta solo para Hilo. Debe poder ver, agregar y editar tickets.",
  "linkedSystems.key": "Clave de API",
  "linkedSystems.secret": "Secreto de API",
  "linkedSystems.login": "Nombre",
  "linkedSystems.password": "Contraseña",
  "linkedSystems.timezone": "Zona horaria de su reloj",
  "linkedSystems.timezoneHint": "Las horas que da no dicen su zona.",
  "linkedSystems.requestsPerSecond": "Consultas por segundo",
  "linkedSystems.requestsPerSecondHint": "Las que recibe como máximo, de todos los servidores de Hilo.",
  "linkedSystems.hookSecret": "Secreto de su webhook",
  "linkedSystems.hookSecretHint": "Solo con un webhook. 8 caracteres o más; el mismo que en Splynx.",
  "linkedSystems.noticeConnection": "Avisar a los operadores por",
  "linkedSystems.noticeConnectionHint": "Cuando se reabrió un ticket suyo. Debe llegar a sus teléfonos.",
  "linkedSystems.noNotice": "No avisar a nadie",
  "linkedSystems.noticeTemplate": "Plantilla del aviso",
  "linkedSystems.noticeTemplateHint":
    "Para operadores que no escribieron en las últimas 24 horas. Sus huecos se llenan con operador, número, asunto y cliente.",

  "linkedSystems.splynxSystemId": "Trabaja con",
  "linkedSystems.splynxSystemIdHint": "El Splynx en el que se trabajan sus tickets.",
  "linkedSystems.theOnlyOne": "El único Splynx que hay",
  "linkedSystems.proof": "Cómo prueban sus webhooks que son suyos",
  "linkedSystems.proofText":
    "Basta con una. Con varias sirve cualquiera de los secretos, y las direcciones lo limitan más.",
  "linkedSystems.hmacSecret": "Secreto para una firma (HMAC)",
  "linkedSystems.hmacSecretHint": "Encabezado X-GR-Signature: sha256=…, el HMAC-SHA256 del cuerpo. 8 caracteres o más.",
  "linkedSystems.bearer": "Token Bearer",
  "linkedSystems.bearerHint": "Encabezado Authorization: Bearer …. 8 caracteres o más.",
  "linkedSystems.allowIps": "Direcciones desde las que llama",
  "linkedSystems.allowIpsHint":
    "Una por línea: 203.0.113.7 o 10.0.0.0/8. Detrás de un proxy configura TRUSTED_PROXIES.",
  "linkedSystems.wrong.allowIps": "deben ser direcciones IP, o redes como 10.0.0.0/8, una por línea",
  "linkedSystems.noProof": "sin prueba: sus webhooks se rechazan",
  "linkedSystems.noProofText":
    "Sin ninguna de estas, sus webhooks se rechazan, salvo que el servidor corra con GR_HOOK_ALLOW_UNAUTHENTICATED=true. Entonces cualquiera que llegue a la dirección cierra tickets.",

  "linkedSystems.hooks": "Direcciones de los webhooks",
  "linkedSystems.hooksText.splynx":
    "Opcional: Hilo pregunta antes. En Splynx: Config › Integrations › Hooks, con el secreto de arriba y los eventos de tickets.",
  "linkedSystems.hooksText.gestionreal": "Ingresa las dos en Gestión Real: les envía JSON.",
  "linkedSystems.hook.splynx": "Para los eventos de tickets",
  "linkedSystems.hook.opening": "Cuando se abre un ticket",
  "linkedSystems.hook.closure": "Cuando se cierra un ticket",

  "linkedSystems.test": "Probar la conexión",
  "linkedSystems.testText.splynx": "Le pide a Splynx sus tickets ahora, con lo que está guardado.",
  "linkedSystems.testText.gestionreal":
    "A Gestión Real no se le puede preguntar: esto mira si ya llegó un webhook suyo.",
  "linkedSystems.testing": "Preguntando…",
  "linkedSystems.result.readable": "Funciona: sus tickets se pueden leer.",
  "linkedSystems.result.lastHook": "Funciona: su último webhook llegó el {value}.",
  "linkedSystems.result.noHook":
    "Aún no llegó ningún webhook. Ingresa en Gestión Real las direcciones de abajo, con una de las pruebas, y abre un ticket ahí.",
  "linkedSystems.result.credentials":
    "No acepta estas credenciales (HTTP {value}). Reemplázalas, o elige otra forma de identificarse.",
  "linkedSystems.result.forbidden":
    "Conoce a Hilo, pero no le deja leer tickets (HTTP {value}). Dale permiso para verlos, agregarlos y editarlos.",
  "linkedSystems.result.address":
    "En esta dirección no hay una API de Splynx (HTTP {value}). Compárala con la del navegador.",
  "linkedSystems.result.tooMany": "Rechaza tantas consultas (HTTP {value}). Permite menos por segundo.",
  "linkedSystems.result.broken":
    "Respondió con un error propio (HTTP {value}). No se pierde nada: Hilo sigue preguntando.",
  "linkedSystems.result.notTheApi":
    "Respondió otra cosa, no su API. ¿Es esa la dirección? ¿Hay un proxy o una página de ingreso delante?",
  "linkedSystems.result.noSuchName":
    "No hay ningún servidor con ese nombre. Mira si está bien escrito: debe conocerlo el servidor de Hilo, no solo tu navegador.",
  "linkedSystems.result.notResolved":
    "No se pudo buscar el nombre: ningún servidor de nombres le responde al servidor de Hilo. No se pierde nada: Hilo sigue preguntando.",
  "linkedSystems.result.connectionRefused":
    "Hay un servidor, pero nada escucha en esa dirección y puerto. ¿Está en marcha? ¿Es ese el puerto?",
  "linkedSystems.result.certificate":
    "Su certificado no es de confianza: venció, nombra a otro servidor o no lo firmó nadie conocido. Necesita uno válido.",
  "linkedSystems.result.notReached":
    "No se puede llegar a esa dirección. Mira si está bien escrita, y si el servidor de Hilo puede conectarse con ella.",
  "linkedSystems.result.noAnswer": "No respondió a tiempo. No se pierde nada: Hilo sigue preguntando.",
  "linkedSystems.result.busy": "Otras consultas la esperan. Prueba otra vez en un minuto.",
  "linkedSystems.result.other": "Respondió: {value}",

  "linkedSystems.operators": "Operadores de {system}",
  "linkedSystems.operatorsText":
    "Quién es quién en {system}: con número y teléfono reciben los avisos, y los informes los nombran.",
  "linkedSystems.operatorNumber": "N.º {number}",
  "linkedSystems.noOperator": "Sin número",
  "linkedSystems.noPhone": "Sin teléfono",
  "linkedSystems.operatorTitle": "{name} en {system}",
  "linkedSystems.operatorId": "Número en {system}",
  "linkedSystems.operatorIdHint":
    "El id de su cuenta de administrador ahí, como lo tienen los tickets en “Asignado a”.",
  "linkedSystems.phone": "Teléfono",
  "linkedSystems.phoneHint": "Con el código del país, como +54 9 11 5555 1234.",

  "linkedSystems.rules": "Cuando no están de acuerdo",
  "linkedSystems.rulesText":
    "Un ticket que se cierra en un solo sistema se reabre ahí, salvo que el otro lo cierre a tiempo.",
  "linkedSystems.window": "Tiempo de espera",
  "linkedSystems.windowUnit": "minutos",
  "linkedSystems.windowHint": "0 = se reabre de inmediato. Vale también para los que están esperando ahora.",
  "linkedSystems.motive": "Motivo de contacto",
  "linkedSystems.motiveHint": "Solo se vigilan los tickets de Gestión Real con este motivo. Vacío = todos.",
  "linkedSystems.team": "Equipo que recibe estos tickets",
  "linkedSystems.teamHint": "Sus líderes reciben un aviso desde la tercera reapertura.",
  "linkedSystems.defaultTeam": "El equipo predeterminado",
  "linkedSystems.shadow": "Modo sombra",
  "linkedSystems.shadowHint": "Hilo dice lo que haría. No reabre nada, no abre nada y no avisa a nadie.",

  "failedHooks.intro":
    "Lo que enviaron los sistemas enlazados y Hilo no pudo procesar en media hora. No se pierde nada.",
  "failedHooks.empty":
    "No hay webhooks fallidos. Lo que no se pueda procesar aparecerá aquí, para intentarlo de nuevo cuando se resuelva su causa.",
  "failedHooks.path.nuevo-ticket": "Se abrió un ticket",
  "failedHooks.path.cierre-ticket": "Se cerró un ticket",
  "failedHooks.reason.not_found": "El Splynx que le corresponde no está enlazado, o hay varios y ninguno está elegido.",
  "failedHooks.reasonOther": "Hilo falló al procesarlo: {reason}",
  "failedHooks.tries": "{count, plural, one {intentado una vez} other {intentado # veces}}",
  "failedHooks.number": "n.º {id}",
  "failedHooks.removedSystem": "un sistema que ya no está enlazado",
  "failedHooks.replay": "Intentar de nuevo",
  "failedHooks.replayed": "Se procesa otra vez. Si falla durante media hora, vuelve aquí.",
}
