/** Spanish words. */
import type {Words} from './topics.ts';

export const SPANISH: Words = {
  language: 'Spanish',
  numbers: 'uno; dos; tres; cuatro; cinco; seis; siete; ocho; nueve; diez',
  roles: {
    contacts: 'contactos?; escalamiento; escalado; guardia; responsables',
    triggers: `{rollback} (?:si|cuando)$; ^(?:disparadores|condiciones|criterios|desencadenantes)$; criterios (?:de|para)(?: el| la)? {rollback};
      cu[aá]ndo (?:hacer|ejecutar|activar|iniciar)(?: el| la| un| una)? {rollback};
      (?:disparadores|condiciones|causas|umbrales) (?:de|para)(?: el| la)? {rollback}`,
    prepare: String.raw`pre-?\s?(?:despliegue|requisitos?|lanzamiento|migraci[oó]n|implementaci[oó]n|producci[oó]n);
      prerrequisitos?; preparaci[oó]n; preparativos; requisitos(?: previos)?;
      antes (?:del?|de la|de) \p{L}+; previo al? \p{L}+; verificaci[oó]n previa; comprobaciones previas`,
    criteria: 'criterios de (?:[eé]xito|aceptaci[oó]n|finalizaci[oó]n)',
    rollback: String.raw`si algo (?:va|sale) mal; ^plan b; (?:plan de )?contingencias?; marcha atr[aá]s; si algo falla; si falla; en caso de (?:fallo|problemas|error); (?:roll-?\s?back|reversi[oó]n|vuelta atr[aá]s|marcha atr[aá]s|retroceso|restauraci[oó]n); revertir;
      deshacer; procedimiento de recuperaci[oó]n`,
    reference: `referencias?; documentaci[oó]n; ap[eé]ndice; anexos?; enlaces; recursos; comandos [uú]tiles;
      soluci[oó]n de problemas; introducci[oó]n; resumen; glosario; [ií]ndice; arquitectura; plantillas?;
      historial de (?:cambios|versiones)`,
    notes: 'notas?; observaciones; firmas?; aprobaciones; lecciones(?: aprendidas)?; registro; bit[aá]cora',
    monitor: String.raw`monitor(?:eo|izaci[oó]n|izar|ear); supervisi[oó]n; observaci[oó]n; vigilancia; seguimiento;
      primeras? (?:\d+ )?(?:horas?|d[ií]as?|minutos|semanas?)`,
    validate: 'validaci[oó]n de(?:l)? rendimiento',
    verify: String.raw`verific(?:ar|aci[oó]n|aciones); validaci[oó]n(?:es)?; comprobaci[oó]n(?:es)?; pruebas?(?: de humo)?;
      post-?\s?(?:despliegue|lanzamiento|migraci[oó]n|implementaci[oó]n)`,
    deploy: `despliegue; desplegar; lanzamiento; migraci[oó]n; migrar; instalaci[oó]n; instalar;
      puesta en (?:marcha|producci[oó]n); implementaci[oó]n; ejecuci[oó]n; actualizaci[oó]n; actualizar;
      pasos?; procedimientos?`,
  },
  topics: {
    phase: 'fase; etapa; oleada; nivel; escenario',
    moment: 'antes; despu[eé]s; hasta; tras',
    degree: 'r[aá]pid[oa]; completo; completa; parcial; autom[aá]tic[oa]; manual; emergencia',
    doing: `desplegar; instalar; aplicar; iniciar; arrancar; detener; parar; reiniciar; actualizar; crear; configurar; habilitar; deshabilitar; migrar; ejecutar; subir`,
    option: 'opci[oó]n; alternativa; variante; v[ií]a; m[eé]todo; escenario',
    recommended: 'recomendad[oa]; preferid[oa]',
    or: 'o; o bien; alternativamente',
    part: 'paso; fase; etapa; tarea; parte; procedimiento',
    optional: 'opcional; si (?:es necesario|aplica|procede|hace falta|corresponde); cuando (?:aplique|proceda)',
    'any-of':
      'algun[ao]s?; cualquiera; una de; uno de; lo siguiente; los siguientes; las siguientes; se (?:cumple|da)n?',
    later: String.raw`(?:despu[eé]s de|tras|al cabo de|pasad[oa]s) (?:\d+|una?|dos|tres) (?:d[ií]as?|semanas?|mes(?:es)?); (?:\d+|una?|dos|tres) (?:d[ií]as?|semanas?|mes(?:es)?) (?:despu[eé]s|m[aá]s tarde); al d[ií]a siguiente`,
    changed: String.raw`cambi\p{L}*; modificad[oa]s?; actualizad[oa]s?; hay cambios; nuev[oa]s`,
    unchanged: String.raw`sin cambios; no (?:ha[n]? )?cambi\p{L}*; no hay cambios`,
    pending: 'pendientes?; sin aplicar; por aplicar',
    present: 'existen?; hay; presentes?',
    absent: 'no existen?; faltan?; ausentes?; no hay',
    running: 'activ[oa]s?; en marcha; en ejecuci[oó]n; corriendo; arrancad[oa]',
    stopped: 'detenid[oa]; parad[oa]; inactiv[oa]; ca[ií]d[oa]; no est[aá] (?:activ[oa]|corriendo|en marcha)',
    dependencies: 'dependencias?; paquetes?; librer[ií]as',
    migrations: 'migraci[oó]n(?:es)?; esquema',
    configuration: 'configuraci[oó]n; variables? de entorno; ajustes',
    condition: 'si; s[oó]lo si; cuando; en caso de; a menos que',
    gate: `punto de (?:decisi[oó]n|control); continuar s[oó]lo si; no continuar (?:hasta|si|a menos);
      decisi[oó]n de (?:continuar|avanzar)`,
    answer: 'estado; resultado; decisi[oó]n; veredicto; severidad; impacto; riesgo',
    verdict: 's[ií]; no; aprobad[oa]; rechazad[oa]; ok; pasa; falla; correcto; fallido; exitos[oa]; n/a; hecho',
    owner: 'responsables?; encargad[oa]; asignad[oa](?: a)?; qui[eé]n; ejecutor; propietari[oa]',
    person: `l[ií]der; ingenier[oa]; gerente; jef[ea]; administrador(?:a)?; desarrollador(?:a)?; guardia;
      coordinador(?:a)?; soporte; principal; suplente`,
    duration: 'duraci[oó]n(?: (?:estimada|total|esperada))?; tiempo (?:estimado|requerido|total)',
    command: 'comandos?; ejecutar; ejecute',
    blank: 'nombre; fecha; hora; tel[eé]fono; firma; versi[oó]n; correo; valor; entorno',
    'column-step': `pasos?; acci[oó]n(?:es)?; tareas?; actividad(?:es)?; descripci[oó]n; comprobaci[oó]n;
      verificaci[oó]n`,
    'column-command': 'comandos?',
    'column-expected': '(?:resultado )?esperado; criterio',
    'column-status': 'estado; hecho; completado; resultado',
    'column-time': 'hora; tiempo; duraci[oó]n; cu[aá]ndo',
    'column-metric': 'm[eé]tricas?; indicador(?:es)?',
    'column-target': 'objetivos?; esperado; umbral; aceptable; meta',
    'column-alert': 'alerta; advertencia',
    'column-trigger': String.raw`roll-?\s?back; vuelta atr[aá]s; abortar; cr[ií]tico; reversi[oó]n`,
    'column-contact': 'contactos?; tel[eé]fono; correo; nombres?; persona',
    'column-signature': 'firmas?; aprobaci[oó]n',
    message: 'plantilla; mensaje; notificaci[oó]n; anuncio; correo; comunicado; asunto; aviso',
    prepared: `probad[oa]; documentad[oa]; verificad[oa]; identificad[oa]; list[oa]; disponible; preparad[oa];
      revisad[oa]; asignad[oa]; aprobad[oa]`,
    'rollback-aside': String.raw`preparaci[oó]n (?:del? )?(?:la )?{rollback};
      (?:pruebas?|ensayo|simulacro) (?:del? )?(?:la )?{rollback};
      (?:registro|bit[aá]cora)(?: de decisiones)? (?:del? )?(?:la )?{rollback};
      (?:plantilla|aviso|notificaci[oó]n)\b.*{rollback}`,
    'rollback-after': String.raw`(?:despu[eé]s|tras) (?:del? )?(?:la |el )?{rollback}; post-?\s?{rollback};
      (?:verificaci[oó]n|validaci[oó]n|comprobaci[oó]n) (?:del? )?(?:la )?{rollback}`,
    rollback: String.raw`(?:roll-?\s?back|reversi[oó]n|vuelta atr[aá]s|marcha atr[aá]s|retroceso|restauraci[oó]n)`,
    container: 'contenedor(?:es)?; pods?',
    'column-case': 'casos?; si; situaci[oó]n(?:es)?; s[ií]ntomas?; fallos?; problemas?; errore?s?',
    'way-back':
      '{rollback}; volver (?:a|al|atr[aá]s); restaurar; revertir; (?:versi[oó]n|token|copia|servidor|clave|equipo) (?:anterior|antigu[oa]|viej[oa]); (?:el|la) (?:anterior|antigu[oa])',
    undo: 'deshacer(?:lo)?; revertir(?:lo)?; volver (?:atr[aá]s|a la versi[oó]n anterior); restaurar (?:la|el) (?:versi[oó]n )?anterior',
    'trouble-lead': 'ups; problemas?; algo (?:va|sali[oó]) mal; falla',
    place: String.raw`servidor(?:es)?(?: \p{L}+)?; nodos?; contenedor(?:es)?; m[aá]quinas?; primari[oa]; r[eé]plicas?`,
    here: `fuera; estaci[oó]n de trabajo; port[aá]til; localmente; m[aá]quina local; tu (?:m[aá]quina|equipo);
      otra terminal; nueva terminal`,
    look: 'verificar; comprobar; vigilar; observar; monitorizar; monitorear; revisar',
    'all-of-it':
      'todo lo (?:siguiente|que sigue); tod[oa]s (?:los|las|estos|estas) (?:comandos|[oó]rdenes|pasos); (?:los|estos) (?:siguientes )?(?:comandos|pasos)',
    'this-document': 'est[ea] (?:documento|gu[ií]a|procedimiento|lista)',
    at: 'en; desde; dentro de; dentro del',
    wait: 'espera[r]?; espere; pausa',
    expected:
      '(?:(?:resultado|estado|valor|salida|versi[oó]n|c[oó]digo|respuesta)s? )?esperad[oa]s?; se espera(?: que)?',
    'expected-what': 'salida; resultados?; respuesta; estado; valor; c[oó]digo; versi[oó]n; cabeceras?',
    should: 'debe(?:n|r[ií]an?)?; tiene(?:n)? que; ha(?:n)? de',
    show: 'mostrar; verse?; devolver; ser; estar; contener; imprimir; listar; incluir; responder(?: con)?; decir; dar; tener; aparecer; salir; bajar a; quedar en',
    not: 'no; nunca',
    'look-for': 'buscar; busque; fijarse en',
    nothing: 'vac[ií]o; sin salida; nada; conjunto vac[ií]o; sin resultados',
    zero: 'cero; ninguno; ninguna',
    usual: 'esperad[oa]s?; aceptable; normal; m[aá]ximo; m[ií]nimo; l[ií]mite',
    goal: 'objetivo; meta',
    'at-most':
      'como m[aá]ximo; a lo sumo; m[aá]ximo(?: de)?; no m[aá]s de; hasta; no (?:debe )?superar?; menor o igual (?:que|a)',
    'at-least': 'al menos; como m[ií]nimo; m[ií]nimo(?: de)?; por lo menos; no menos de; mayor o igual (?:que|a)',
    below: 'en menos de; menos de; menor(?:es)? (?:que|a|de); por debajo del?; inferior(?:es)? al?; bajo',
    above:
      'm[aá]s de; mayor(?:es)? (?:que|a|de); por encima del?; superior(?:es)? al?; (?:supera(?:n)?|excede(?:n)?)(?: (?:el|la|los|las))?',
    exactly: 'exactamente; igual a; baja(?:r)? a',
    between: 'entre',
    and: 'y',
    'or-more': 'o (?:superior(?:es)?|m[aá]s|mayor|mejor|posterior)',
    'or-less': 'o (?:menos|inferior|menor)',
    sustained: 'durante; sostenid[oa](?: durante)?; por',
    span: 'en; durante; dentro de; por; al',
    recent: 'primer[ao]?s?; [uú]ltim[ao]s?',
    consecutive: 'consecutiv[oa]s?; seguid[oa]s?',
    per: 'por; al; a la',
    article: 'el; la; los; las; una?',
    'since-deploy': String.raw`(?:de|tras|despu[eé]s de|desde|posteriores? a)l? ?(?:la |el )?(?:despliegue|lanzamiento|migraci[oó]n|inicio|arranque|cambio|actualizaci[oó]n|puesta en \p{L}+)`,
    twofold: `(?:el |al )?doble; (?:se )?duplica(?:n|rse)?`,
    threefold: `(?:el |al )?triple; (?:se )?triplica(?:n|rse)?`,
    halved: `(?:a )?la mitad`,
    'go-on-if': String.raw`(?:continuar|seguir|avanzar|reanudar)(?: [\p{L}-]+){0,2} (?:si|cuando)`,
    'no-rollback': `no (?:se )?(?:hacer|hace|haremos|ejecutar|iniciar|debe hacerse|procede)?(?: el| la| un| una)? ?{rollback}; no (?:es|son) (?:un )?(?:motivos?|causas?|razones|raz[oó]n) (?:de|para)(?: el| la| un| hacer)? {rollback}; sin {rollback}; no revertir; cu[aá]ndo no (?:hacer )?{rollback}`,
    'alert-if': '(?:alertar|avisar|escalar)(?: [\\p{L}-]+){0,3} (?:si|cuando)',
    'rollback-if': '(?:hacer )?{rollback}(?: [\\p{L}-]+){0,3} (?:si|cuando)',
    alerting: 'alertas?; alarmas?; escalad[oa]s?; escalamiento',
    fail: '(?:fallar|dar error|ser (?:rechazad[oa]|denegad[oa]))',
    passing: '(?:pasan|pasando|correctas?|correctos?|en verde|ok|superadas?)',
    actual: '(?:real(?:es)?|actual(?:es)?|obtenid[oa]s?)',
    'none-of': '(?:sin|ning[uú]n[ao]?|ninguna)',
    'not-seen': 'no (?:se )?(?:observ[ae]n?|ven|superad[oa])',
    sampled: 'peticiones; muestras; solicitudes',
    baseline: 'normal; (?:l[ií]nea )?base; habitual; lo esperado; esperado; antes; anterior; lo normal',
    rise: 'aumento; aumentan?; incremento; suben?; crecen?; subida; degradaci[oó]n; m[aá]s lent[oa]s?; peor(?:es)?',
    drop: 'ca[ií]da; caen?; bajan?; descienden?; disminuyen?; bajada; descenso; reducci[oó]n',
    stable: 'estables?; constantes?',
    filler:
      'esperad[oa]s?; debe(?:n|r[ií]a)?; ser; estar; el; la; los; las; un; una; si; cuando; alerta; normal; estable; aceptable; promedio; medi[oa]; m[aá]xim[oa]; objetivo; umbral; actual; verificar; comprobar; que; se; en; del?; para; por; al?; y; o; con; de',
    reported: 'quejas?; reclamaciones; reclamos?; incidencias?; llamadas (?:a|de)',
    trouble: 'errores; fallos; ca[ií]das?; excepciones',
    countable:
      'errores; fallos; quejas; colas?; conexiones; pendientes; reinicios; mensajes; sesiones; bloqueos; ancho de banda; subida; bajada',
    opening: '(?:durante )?(?:las |los |la |el )?primer[ao]?s?',
    every: 'cada',
    hourly: 'cada hora',
    daily: 'diariamente; diari[oa]; a diario; cada d[ií]a; al d[ií]a',
    weekly: 'semanal(?:mente)?; cada semana',
    second: 'segundos?; seg',
    minute: 'minutos?; min',
    hour: 'horas?',
    day: 'd[ií]as?',
    week: 'semanas?',
  },
  metrics: {
    'error rate': '(?:tasa|porcentaje|[ií]ndice)(?: de)? (?:errores|fallos|error)',
    'response time': '(?:tiempos?(?: de)? respuesta|respuesta|latencia)(?: media| promedio)?',
    memory: '(?:(?:uso|consumo)(?: de)?(?: la)? )?memoria(?: rss)?',
    'cpu usage': '(?:uso|consumo|carga)(?: de)?(?: la)? cpu',
    'database connections': 'conexiones(?: (?:a|de))?(?: la)? base(?: de)? datos',
    complaints: String.raw`.*(?<!\p{L})(?:quejas?|reclamaciones|reclamos?)(?!\p{L}).*`,
  },
  decimalComma: true,
};
