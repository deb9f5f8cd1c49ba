import type { NamesAcross } from "#tests/core/names-across.ts";

/** Written after the first table was settled. */
export const LATER: NamesAcross[] = [
  {
    language: "ru",
    paragraphs: [
      "Мария Захарова ответила Виктору Орбану в Будапеште.",
      "Рамзан Кадыров открыл больницу в Грозном вместе с Евгением Примаковым.",
      "Жозеп Боррель и Йенс Столтенберг приехали в Хельсинки, а «Лукойл» закрыл завод в Нижнекамске.",
      "Певица Алла Пугачёва выступила в Юрмале, Шарль Мишель и Джорджа Мелони были в зале.",
    ],
    right: {
      people:
        "Maria Zakharova|Viktor Orban|Ramzan Kadyrov|Yevgeny Primakov|Josep Borrell|Jens Stoltenberg|Alla Pugacheva|Giorgia Meloni|Charles Michel",
      places: "Budapest|Grozny|Helsinki|Nizhnekamsk|Jurmala",
      organisations: "Lukoil",
    },
    wrong: {
      people: "Sergei Shoigu|Olaf Scholz|Andrei Belousov|Marine Le Pen",
      places: "Tallinn|Stavropol|Rostov",
      organisations: "Rosatom",
    },
  },
  {
    language: "uk",
    paragraphs: [
      "Кирило Буданов зустрівся з Кіром Стармером у Житомирі.",
      "Юлія Тимошенко та Петро Порошенко виступили в Тернополі.",
      "Дональд Туск прибув до Хмельницького, де «ПриватБанк» відкрив відділення.",
      "Слідчий Олександр Шевчук допитав Джорджа Робертсона в Миколаєві.",
    ],
    right: {
      people:
        "Kyrylo Budanov|Keir Starmer|Yulia Tymoshenko|Petro Poroshenko|Donald Tusk|Oleksandr Shevchuk|George Robertson",
      places: "Zhytomyr|Ternopil|Khmelnytskyi|Mykolaiv",
      organisations: "Privatbank",
    },
    wrong: {
      people: "Rustem Umerov|Emmanuel Macron|Denys Shmyhal|Oleksandr Tkachenko",
      places: "Kremenchuk|Lutsk|Vinnytsia",
      organisations: "Epicentr",
    },
  },
  {
    language: "el",
    paragraphs: [
      "Ο Δημήτρης Κουτσούμπας μίλησε στην Αλεξανδρούπολη μαζί με τον Χάρη Δούκα.",
      "Η Άνγκελα Μέρκελ και ο Μπαράκ Ομπάμα ήρθαν στη Μύκονο.",
      "Ο Γιώργος Γεραπετρίτης συνάντησε τον Χακάν Φιντάν στην Άγκυρα.",
      "Η Ζωή Κωνσταντοπούλου επισκέφθηκε την Ξάνθη, όπου η Φολκσβάγκεν ανοίγει γραφείο με την Πειραιώς.",
    ],
    right: {
      people:
        "Dimitris Koutsoumbas|Haris Doukas|Angela Merkel|Barack Obama|Giorgos Gerapetritis|Hakan Fidan|Zoe Konstantopoulou",
      places: "Alexandroupoli|Mykonos|Ankara|Xanthi",
      organisations: "Volkswagen",
    },
    wrong: {
      people: "Nikos Dendias|Vladimir Putin|Adonis Georgiadis|Zoe Rapti",
      places: "Trikala|Kavala|Larissa",
      organisations: "Eurobank",
    },
  },
  {
    language: "ar",
    paragraphs: [
      "التقى أنطونيو غوتيريش بنيامين نتنياهو في القاهرة.",
      "وقال حسن نصر الله إن جو بايدن اتصل بمصطفى الكاظمي من بغداد.",
      "وافتتح حميدتي مصنع فولكسفاغن في الخرطوم مع عبد المجيد تبون.",
      "ووصل القاضي سامي الجندي إلى الدار البيضاء برفقة كريستين لاغارد.",
    ],
    right: {
      people:
        "Antonio Guterres|Benjamin Netanyahu|Hassan Nasrallah|Joe Biden|Mustafa al-Kadhimi|Abdelmadjid Tebboune|Sami al-Jundi|Christine Lagarde",
      places: "Cairo|Baghdad|Khartoum|Casablanca",
      organisations: "Volkswagen",
    },
    wrong: {
      people: "Mohammed bin Zayed|Vladimir Putin|Ismail Haniyeh|Sami al-Hariri",
      places: "Beirut|Constantine|Muscat|Tripoli",
      organisations: "Samsung",
    },
  },
  {
    language: "he",
    paragraphs: [
      "נפתלי בנט ואיתמר בן גביר נפגשו באשדוד.",
      "אמיר אוחנה שוחח עם קמלה האריס ועם אנטוני בלינקן.",
      "דובר סמסונג, גיא לוינשטיין, הגיע להלסינקי עם יואב גלנט.",
      "בצלאל סמוטריץ' ביקר במודיעין עם אורסולה פון דר ליין.",
    ],
    right: {
      people:
        "Naftali Bennett|Itamar Ben-Gvir|Amir Ohana|Kamala Harris|Antony Blinken|Guy Levinstein|Yoav Gallant|Bezalel Smotrich|Ursula von der Leyen",
      places: "Ashdod|Helsinki|Modiin",
      organisations: "Samsung",
    },
    wrong: {
      people: "Yair Lapid|Merav Michaeli|Recep Tayyip Erdogan|Benny Gantz",
      places: "Netanya|Stockholm|Rehovot",
      organisations: "Siemens",
    },
  },
  {
    language: "hi",
    paragraphs: [
      "ममता बनर्जी और प्रियंका चोपड़ा कोलकाता में मिलीं।",
      "शशि थरूर ने बेंगलुरु में ऋषि सुनक और जस्टिन ट्रूडो से बात की।",
      "सीमेंस का कारखाना चंडीगढ़ में है, निर्मला सीतारमण ने कहा।",
      "न्यायाधीश विक्रम देशमुख हेलसिंकी से लौटे, जहां एंजेला मर्केल थीं।",
    ],
    right: {
      people:
        "Mamata Banerjee|Priyanka Chopra|Shashi Tharoor|Rishi Sunak|Justin Trudeau|Nirmala Sitharaman|Vikram Deshmukh|Angela Merkel",
      places: "Kolkata|Bengaluru|Chandigarh|Helsinki",
      organisations: "Siemens",
    },
    wrong: {
      people: "Amit Shah|Mallikarjun Kharge|Barack Obama|Vikram Seth",
      places: "Lucknow|Jaipur|Visakhapatnam",
      organisations: "Wipro",
    },
  },
  {
    language: "ko",
    paragraphs: [
      "윤석열 전 대통령과 한동훈 대표가 대전에서 만났다.",
      "봉준호 감독은 헬싱키에서 앙겔라 메르켈을 인터뷰했다.",
      "폭스바겐은 전주에 공장을 짓는다고 버락 오바마에게 말했다.",
      "검사 김영수는 베냐민 네타냐후와 목포에 도착했다.",
    ],
    right: {
      people:
        "Yoon Suk-yeol|Han Dong-hoon|Bong Joon-ho|Angela Merkel|Barack Obama|Kim Young-soo|Benjamin Netanyahu",
      places: "Daejeon|Helsinki|Mokpo",
      organisations: "Volkswagen",
    },
    wrong: {
      people: "Park Geun-hye|Vladimir Putin|Christine Lagarde|Cho Kuk",
      places: "Stockholm|Gangneung|Kraków",
      organisations: "Gazprom",
    },
  },
  {
    language: "zh",
    paragraphs: [
      "李克强在郑州会见王岐山。",
      "安格拉·默克尔与张明在武汉会谈，巴拉克·奥巴马致电。",
      "苏州的工厂由林志强管理，三星租用大楼。",
      "法官赵建国抵达青岛，随后前往厦门，单霁翔陪同。",
    ],
    right: {
      people:
        "Li Keqiang|Wang Qishan|Angela Merkel|Zhang Ming|Barack Obama|Lin Zhiqiang|Zhao Jianguo|Shan Jixiang",
      places: "Zhengzhou|Wuhan|Suzhou|Qingdao|Xiamen",
      organisations: "Samsung",
    },
    wrong: {
      people: "Xi Jinping|Liu He|Zhang Peng|Zhao Guojian",
      places: "Tianjin|Nanjing|Hangzhou",
      organisations: "Xinhua",
    },
  },
];
