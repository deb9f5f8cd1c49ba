/**
 * Labels that open a list of other articles or an offer, in the languages news is read in, as parts of one regular
 * expression. A line that is one of these, alone or before a colon and another article's title, is furniture.
 */
const BY_LANGUAGE = {
  // English
  english: String.raw`
    read more|read also|also read|read next|see also|see more|learn more|more on this(?: story| topic)?|
    more (?:on|from|about)(?: [^.]{2,40})?|more stories|most (?:read|popular|viewed|shared|commented|watched)|
    trending(?: now| stories| topics)?|top stories|latest(?: news| stories)?|
    related(?: (?:articles?|stor(?:y|ies)|news|content|coverage|topics?|links?|posts?|reading))?|
    recommended(?: (?:for you|stories|reading|articles|videos?))?|
    you (?:may|might) (?:also )?(?:like|be interested in)|don'?t miss|up next|editor'?s? (?:picks?|choice)|
    popular(?: now| stories)?|what to read next|keep reading|story continues(?: below)?(?: advertisement)?|
    article continues(?: below)?(?: advertisement)?|continue reading|in case you missed it|advertisement|advert|ad|
    ads|sponsored(?: content)?|promoted|paid (?:content|partner content)|
    share(?: this)?(?: (?:article|story|on|via)(?: [^.]{1,30})?)?|copy link(?: copied)?|link copied|print(?: this)?|
    save(?: article)?|bookmark|follow us(?: on)?(?: [^.]{1,30})?|sign up(?: (?:for|to) [^.]{1,60})?|
    subscribe(?: (?:to|now|today)[^.]{0,50})?|newsletter|get our[^.]{0,60}|log ?in|sign in|register|comments?|
    \d+ comments?|leave a (?:comment|reply)|join the (?:conversation|discussion)|listen to (?:this )?article|listen|
    watch(?: now| live| video)?|video|gallery|photos?|image|tags?|topics?|filed under|key (?:points|takeaways)|close|
    menu|play|embed(?:ded content)?|this is a breaking (?:news |new )?story[^.]{0,40}|
    view (?:more|all|gallery|comments)|show (?:more|less)|load more|back to top|
    skip(?: to [^.]{1,30}| advertisement)?|live updates?|quick read|related coverage|in this (?:article|story)|
    table of contents|about the author|report a (?:typo|mistake|correction)[^.]{0,30}|correction|editor'?s note|
  `,
  // German
  german: String.raw`
    lesen sie (?:auch|mehr|dazu|hier)(?: [^.]{2,30})?|lies auch|lesen sie mehr zum thema|
    mehr (?:zum thema|dazu|lesen|über|aus|von)(?: [^.]{2,30})?|auch interessant|
    das könnte (?:sie|dich) (?:auch )?interessieren|
    (?:ähnliche|weitere|passende|verwandte|meistgelesene|mehr ähnliche|aktuelle) (?:artikel|nachrichten|themen|meldungen|beiträge|inhalte)|
    passend zum (?:artikel|thema)|zum thema|themen|meistgelesen|meist gelesen|am meisten gelesen|
    empfohlener (?:redaktioneller|externer) inhalt|externen inhalt (?:anzeigen|laden)|externer inhalt|anzeige|werbung|
    teilen|kommentare|\d+ kommentare?|drucken|merken|artikel (?:merken|teilen|anhören|drucken)|
    jetzt (?:bestellen|abonnieren|anmelden|lesen|testen|registrieren|kostenlos[^.]{0,30})|anmelden|zur startseite|
    folgen sie uns(?: [^.]{1,40})?|box (?:aufklappen|zuklappen)(?: box zuklappen)?|
    [^.]{2,40}-box aufklappen [^.]{2,40}|mehr anzeigen|bildergalerie|fotostrecke|darum geht'?s|
    dieses thema im programm|schlagworte|stichworte|
  `,
  // French
  french: String.raw`
    (?:à )?lire aussi|à lire(?: aussi| également)?|lire (?:la suite|plus|également)|voir aussi|à voir aussi|
    à découvrir|les plus lus|les plus populaires|sur le même (?:sujet|thème)|articles? (?:liés|associés|similaires)|
    pour aller plus loin|en savoir plus|publicité|partager|commentaires?|s'abonner|abonnez-vous|
    recommandé(?:s)?(?: pour vous)?|la suite après (?:la|cette) publicité|mots[- ]clés|newsletters?|
    inscrivez-vous(?: [^.]{1,60})?|se connecter|écouter(?: l'article)?|
  `,
  // Spanish
  spanish: String.raw`
    (?:lea|lee|leer) (?:también|más|además)|te (?:puede|podría) interesar|(?:le|les) puede interesar|
    noticias? relacionadas?|más (?:información|noticias|sobre)(?: [^.]{2,30})?|para saber más|lo más (?:leído|visto)|
    relacionad[oa]s?|temas(?: relacionados)?|publicidad|compartir|comentarios|suscríbete(?: [^.]{1,50})?|mira también|
    ver también|le recomendamos|etiquetas|archivado en|contenido exclusivo|síguenos(?: [^.]{1,40})?|
  `,
  // Portuguese
  portuguese: String.raw`
    (?:leia|veja|saiba|confira) (?:mais|também)|leia (?:a seguir|ainda)|mais lidas|(?:notícias|matérias) relacionadas|
    publicidade|compartilh(?:ar|e)|continua (?:após|depois d)a publicidade|comentários|assine(?: [^.]{1,40})?|
  `,
  // Italian
  italian: String.raw`
    (?:leggi|vedi|guarda) anche|leggi (?:tutto|di più)|per approfondire|i più letti|(?:articoli|notizie) correlat[ei]|
    ti potrebbe interessare(?: anche)?|pubblicità|condividi|commenti|approfondimenti?|iscriviti(?: [^.]{1,40})?|
  `,
  // Dutch, Danish, Norwegian, Swedish, Finnish
  dutch: String.raw`
    lees (?:ook|meer|verder)|bekijk ook|meest gelezen|gerelateerd(?:e artikelen)?|advertentie|deel(?: dit artikel)?|
    reacties|les (?:også|mer|mere|her)|læs (?:også|mere)|se også|mest les(?:t|te)|mest læste?|annons(?:e|ør)?|annonce|
    reklame|kommentarer|del(?: artikkelen)?|kortversjonen|läs (?:också|mer|även)|mest läst|dela(?: artikeln)?|
    relaterat|lue (?:myös|lisää)|luetuimmat|mainos|jaa|
  `,
  // Polish, Czech, Slovak, Hungarian, Romanian, Greek, Turkish
  polish: String.raw`
    (?:czytaj|zobacz|przeczytaj|sprawdź) (?:też|także|również|więcej)|najczęściej czytane|polecane|polecamy|
    powiązane(?: artykuły)?|reklama|udostępnij|komentarze|przečtěte si(?: také)?|čtěte (?:také|více|též)|
    související(?: články| témata)?|nejčtenější|mohlo by (?:vás|ťa) zaujímat|sdílet|diskuse|čítajte (?:aj|tiež|viac)|
    súvisiace(?: články)?|(?:olvass|olvassa) (?:el|tovább|még)|kapcsolódó(?: cikkek)?|hirdetés|
    citește (?:și|mai mult)|citeste si|vezi și|publicitate|διαβάστε (?:επίσης|ακόμη|περισσότερα)|
    δείτε (?:επίσης|ακόμη)|(?:ayrıca|bunu da) (?:oku|bak)[^.]{0,10}|ilgili haberler|reklam|
    následuje obsah vložený z jiného webu[^!]{0,40}|přejít (?:před|za) obsah[^!]{0,40}|
  `,
  // Russian, Ukrainian, Bulgarian, Serbian
  russian: String.raw`
    читайте (?:также|ещё|еще|далее|нас)(?: [^.]{1,40})?|по теме|материалы по теме|
    (?:самое|популярное) (?:читаемое|важное)?|реклама|поделиться|комментарии|подписывайтесь(?: [^.]{1,60})?|
    читайте (?:також|ще)|за темою|прочетете още|вижте още|прочитајте још|pročitajte (?:još|i)|najčitanije|
  `,
  // Arabic, Hebrew, Persian, Hindi
  arabic: String.raw`
    اقرأ (?:أيضا|أيضاً|المزيد)|إقرأ أيضا|مواضيع ذات صلة|الأكثر قراءة|إعلان|שתפו|קראו (?:עוד|גם)|כתבות נוספות|
    بیشتر بخوانید|مطالب مرتبط|यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|संबंधित खबरें|
  `,
  // Indonesian, Malay, Vietnamese, Thai
  indonesian: String.raw`
    baca (?:juga|selengkapnya|lainnya)|berita terkait|artikel terkait|terpopuler|iklan|
    advertisement scroll to continue[^.]{0,30}|xem thêm|đọc thêm|tin liên quan|อ่าน(?:ต่อ|เพิ่มเติม)|
    ข่าวที่เกี่ยวข้อง|
  `,
  // Chinese, Japanese, Korean
  chinese: String.raw`
    相关(?:新闻|阅读|报道|文章|推荐|链接)|延伸阅读|推荐阅读|相關(?:新聞|閱讀|報導|文章)|延伸閱讀|更多(?:新闻|新聞|内容|報導)?|热门(?:新闻|文章)?|廣告|广告|分享|评论|留言|
    関連(?:記事|ニュース|リンク|キーワード|特集)|[【〔]関連(?:記事|リンク)?[】〕]|あわせて読みたい|おすすめ(?:情報|記事)?|人気(?:記事|ランキング)?|アクセスランキング|広告|続きを読む|コメント|
    シェア(?:する)?|ログイン[^。]{0,12}|会員登録(?:する)?|관련(?:기사| 기사|뉴스| 뉴스)|(?:많이|함께) (?:본|읽은|볼만한)(?: (?:기사|뉴스))?|추천(?: ?기사| ?뉴스)?|
    광고|댓글|공유(?:하기)?|[^.]{0,12}구독하기?|
  `,
};

/** All labels as one alternation; a part may hold groups but no capture. */
export const LABELS = Object.values(BY_LANGUAGE)
  .flatMap((list) => list.split(/\|\s*\n/))
  .map((line) => line.trim().replace(/\|$/, ""))
  .filter((line) => line !== "")
  .join("|");
