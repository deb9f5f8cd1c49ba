import type { NamesAcross } from "#tests/core/names-across.ts";

/** Written before the rules were run on them. */
export const UNSEEN: NamesAcross[] = [
  {
    language: "ru",
    paragraphs: [
      "Губернатор Новосибирской области Андрей Травников прилетел в Красноярск.",
      "Дмитрий Песков прокомментировал слова Эмманюэля Макрона и Олафа Шольца в Страсбурге.",
      "Верфь в Мурманске купила «Северсталь», а груз везёт «Аэрофлот».",
      "Следователь Ирина Жуковская допросила Зураба Кикнадзе в Тбилиси, куда прибыл министр иностранных дел Франции.",
    ],
    right: {
      people: "Andrey Travnikov|Dmitry Peskov|Emmanuel Macron|Olaf Scholz|Irina Zhukovskaya|Zurab Kiknadze",
      places: "Krasnoyarsk|Strasbourg|Murmansk|Tbilisi|France",
      organisations: "Severstal|Aeroflot",
    },
    wrong: {
      people: "Andrey Vorobyov|Maria Zakharova|Viktor Orban|Donald Trump|Ramzan Kadyrov",
      places: "Chelyabinsk|Kaliningrad|Helsinki|Italy",
      organisations: "Norilsk Nickel|Surgutneftegas",
    },
  },
  {
    language: "uk",
    paragraphs: [
      "Мер Львова Андрій Садовий відкрив міст разом із Оленою Кравчук.",
      "Рустем Умєров поїхав до Женеви, де говорив із Марко Рубіо.",
      "Завод у Кременчуці купила «Метінвест», а вагони дає «Укрзалізниця».",
      "Слідча Наталія Бондаренко прибула до Чернівців з делегацією Румунії.",
    ],
    right: {
      people: "Andriy Sadovyi|Olena Kravchuk|Rustem Umerov|Marco Rubio|Natalia Bondarenko",
      places: "Kremenchuk|Geneva|Chernivtsi|Romania",
      organisations: "Metinvest|Ukrzaliznytsia",
    },
    wrong: {
      people: "Ihor Terekhov|Yulia Tymoshenko|Petro Poroshenko|Keir Starmer",
      places: "Zhytomyr|Mariupol|Stockholm|Denmark",
      organisations: "Naftogaz|Privatbank",
    },
  },
  {
    language: "el",
    paragraphs: [
      "Ο Νίκος Ανδρουλάκης μίλησε στην Καλαμάτα για τον Αλέξη Τσίπρα.",
      "Ο Ταγίπ Ερντογάν συναντήθηκε με τον Ντόναλντ Τραμπ στη Γενεύη.",
      "Το ναυπηγείο στη Σύρο εξαγόρασε η «Βιοχάλκο» και η Μικροσόφτ νοικιάζει το κτίριο.",
      "Η εισαγγελέας Κατερίνα Γεωργιάδου έφτασε στο Ηράκλειο με αντιπροσωπεία από τη Βουλγαρία.",
    ],
    right: {
      people: "Nikos Androulakis|Alexis Tsipras|Tayyip Erdogan|Donald Trump|Katerina Georgiadou",
      places: "Kalamata|Geneva|Syros|Heraklion|Bulgaria",
      organisations: "Viohalco|Microsoft",
    },
    wrong: {
      people: "Kyriakos Mitsotakis|Dimitris Koutsoumbas|Angela Merkel|Stavros Theodorakis",
      places: "Alexandroupoli|Mykonos|Stockholm|Hungary",
      organisations: "Volkswagen|Siemens",
    },
  },
  {
    language: "ar",
    paragraphs: [
      "زار محمد بن سلمان مدينة جدة والتقى رجب طيب أردوغان.",
      "وتحدث إيمانويل ماكرون مع نجيب ميقاتي في بيروت عن مرفأ طرابلس.",
      "واشترت بتروبراس المصفاة في حضرموت، وتستأجر مايكروسوفت المبنى.",
      "وصلت المدعية فاطمة الزهراني إلى مراكش مع وفد من إيطاليا، وأشاد بها دونالد ترامب.",
    ],
    right: {
      people:
        "Mohammed bin Salman|Recep Tayyip Erdogan|Emmanuel Macron|Najib Mikati|Fatima al-Zahrani|Donald Trump",
      places: "Beirut|Tripoli|Hadramout|Marrakesh|Italy",
      organisations: "Petrobras|Microsoft",
    },
    wrong: {
      people: "Benjamin Netanyahu|Hassan Nasrallah|Antonio Guterres|Fatima al-Qahtani",
      places: "Khartoum|Casablanca|Helsinki|Denmark",
      organisations: "Gazprom|Volkswagen",
    },
  },
  {
    language: "he",
    paragraphs: [
      "אביגדור ליברמן ביקר בבאר שבע עם רון חולדאי.",
      "עמנואל מקרון שוחח עם דונלד טראמפ לפני הטיסה לשטוקהולם.",
      "המפעל בקריית גת נמכר לסימנס, ופולקסווגן שוכרת את המחסן.",
      "התובעת תמר שפירא הגיעה לטבריה עם משלחת מאיטליה, ונפגשה עם גדעון סער.",
    ],
    right: {
      people: "Avigdor Lieberman|Ron Huldai|Emmanuel Macron|Donald Trump|Tamar Shapira|Gideon Saar",
      places: "Stockholm|Tiberias|Italy",
      organisations: "Siemens|Volkswagen",
    },
    wrong: {
      people: "Benjamin Netanyahu|Itamar Ben-Gvir|Vladimir Putin|Naftali Bennett",
      places: "Jerusalem|Ashdod|Helsinki|Denmark",
      organisations: "Microsoft|Gazprom",
    },
  },
  {
    language: "hi",
    paragraphs: [
      "अरविंद केजरीवाल ने हैदराबाद में राहुल गांधी से भेंट की।",
      "डोनाल्ड ट्रंप और इमैनुएल मैक्रों ने स्टॉकहोम में बातचीत की।",
      "राउरकेला का कारखाना टाटा ने खरीदा और माइक्रोसॉफ्ट ने भवन किराए पर लिया।",
      "अभियोजक प्रियंका भट्टाचार्य इटली के दल के साथ गुवाहाटी पहुंचीं, जहां योगी आदित्यनाथ भी थे।",
    ],
    right: {
      people:
        "Arvind Kejriwal|Rahul Gandhi|Donald Trump|Emmanuel Macron|Priyanka Bhattacharya|Yogi Adityanath",
      places: "Hyderabad|Stockholm|Rourkela|Guwahati|Italy",
      organisations: "Tata|Microsoft",
    },
    wrong: {
      people: "Narendra Modi|Mamata Banerjee|Vladimir Putin|Priyanka Chopra",
      places: "Bengaluru|Chandigarh|Helsinki|Denmark",
      organisations: "Infosys|Siemens",
    },
  },
  {
    language: "ko",
    paragraphs: [
      "오세훈 서울시장은 한덕수 전 총리와 춘천에서 만났다.",
      "에마뉘엘 마크롱은 스톡홀름에서 도널드 트럼프와 회담했다.",
      "울산의 조선소는 한화오션이 인수했고 마이크로소프트가 건물을 빌렸다.",
      "검사 최은영은 이탈리아 대표단과 함께 강릉에 도착했다.",
    ],
    right: {
      people: "Oh Se-hoon|Han Duck-soo|Emmanuel Macron|Donald Trump|Choi Eun-young",
      places: "Chuncheon|Stockholm|Ulsan|Gangneung|Italy",
      organisations: "Hanwha|Microsoft",
    },
    wrong: {
      people: "Lee Jae-myung|Yoon Suk-yeol|Vladimir Putin|Park Chan-wook",
      places: "Pyeongchang|Changwon|Helsinki|Denmark",
      organisations: "Volkswagen|Samsung",
    },
  },
  {
    language: "zh",
    paragraphs: [
      "上海市长龚正会见了赵敏，随后前往广州。",
      "唐纳德·特朗普在斯德哥尔摩与马克龙会谈，王毅出席。",
      "杭州的工厂属于正泰集团，微软租用了大楼。",
      "检察官陈晓明与意大利代表团抵达深圳，曾庆红没有发言。",
    ],
    right: {
      people: "Gong Zheng|Zhao Min|Donald Trump|Emmanuel Macron|Wang Yi|Chen Xiaoming|Zeng Qinghong",
      places: "Shanghai|Guangzhou|Stockholm|Hangzhou|Shenzhen|Italy",
      organisations: "Microsoft",
    },
    wrong: {
      people: "Li Wei|Wang Hao|Xi Jinping|Chen Xiaodong",
      places: "Ningbo|Chongqing|Zhengzhou|Denmark",
      organisations: "Xinhua",
    },
  },
];
