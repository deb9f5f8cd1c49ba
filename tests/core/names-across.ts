/** An article with names in its own script, and names in Latin letters that are and are not in it. */
export interface NamesAcross {
  language: string;
  paragraphs: string[];
  /** People, places and organisations, parted by "|". */
  right: NameKinds;
  wrong: NameKinds;
}

export interface NameKinds {
  people: string;
  places: string;
  organisations: string;
}

/** The rules were made with these. */
export const TUNED: NamesAcross[] = [
  {
    language: "ru",
    paragraphs: [
      "Мэр Новороссийска Андрей Кравченко и губернатор Вениамин Кондратьев осмотрели порт.",
      "Владимир Путин обсудил это с Реджепом Тайипом Эрдоганом в Москве.",
      "Завод в Екатеринбурге принадлежит «Газпрому», сообщили в «Роснефти».",
      "Представитель компании Юлия Щербакова вылетела в Копенгаген, где прошла встреча с министром обороны Германии и судьями Верховного суда.",
    ],
    right: {
      people: "Andrei Kravchenko|Veniamin Kondratyev|Vladimir Putin|Recep Tayyip Erdogan|Yulia Shcherbakova",
      places: "Novorossiysk|Moscow|Yekaterinburg|Copenhagen|Germany",
      organisations: "Gazprom|Rosneft",
    },
    wrong: {
      people: "Andrei Kovalenko|Boris Petrov|Emmanuel Macron|Sergei Lavrov|Yulia Navalnaya",
      places: "Vladivostok|Murmansk|Budapest|Spain",
      organisations: "Lukoil|Sberbank",
    },
  },
  {
    language: "uk",
    paragraphs: [
      "Мер Харкова Ігор Терехов зустрівся з Володимиром Зеленським у Дніпрі.",
      "Про це повідомив речник Дмитро Григоренко, який приїхав до Варшави.",
      "Підприємство в Запоріжжі належить «Нафтогазу», а склад орендує «Укрпошта».",
      "Урсула фон дер Ляєн говорила у Страсбурзі про кордон із Польщею.",
    ],
    right: {
      people: "Ihor Terekhov|Volodymyr Zelensky|Dmytro Hryhorenko|Ursula von der Leyen",
      places: "Kharkiv|Warsaw|Zaporizhzhia|Strasbourg|Poland",
      organisations: "Naftogaz|Ukrposhta",
    },
    wrong: {
      people: "Vitali Klitschko|Andriy Sadovyi|Donald Trump|Oleksandr Syrskyi",
      places: "Chernihiv|Bratislava|Uzhhorod|Portugal",
      organisations: "Metinvest|Ukrzaliznytsia",
    },
  },
  {
    language: "el",
    paragraphs: [
      "Ο δήμαρχος Πειραιά Γιάννης Μώραλης και ο Κυριάκος Μητσοτάκης επισκέφθηκαν τη Θεσσαλονίκη.",
      "Ο Τζο Μπάιντεν τηλεφώνησε από την Ουάσιγκτον στον Βασίλη Παπαδόπουλο.",
      "Το εργοστάσιο στα Ιωάννινα ανήκει στη «Μυτιληναίος», ενώ η Κόσκο νοικιάζει την προβλήτα.",
      "Η Ελένη Αντωνοπούλου ταξίδεψε στη Γερμανία και στις Βρυξέλλες.",
    ],
    right: {
      people: "Yannis Moralis|Kyriakos Mitsotakis|Joe Biden|Vassilis Papadopoulos|Eleni Antonopoulou",
      places: "Piraeus|Thessaloniki|Washington|Ioannina|Brussels|Germany",
      organisations: "Mytilineos|Cosco",
    },
    wrong: {
      people: "Nikos Androulakis|Alexis Tsipras|Emmanuel Macron|Kostas Karamanlis",
      places: "Kalamata|Volgograd|Budapest|Portugal",
      organisations: "Gazprom|Carrefour",
    },
  },
  {
    language: "ar",
    paragraphs: [
      "قال المحافظ أحمد الشريف في الإسكندرية إن عبد الفتاح السيسي سيزور بورسعيد.",
      "والتقى فلاديمير بوتين بمحمود عباس في دمشق قبل السفر إلى واشنطن.",
      "وتملك شركة أرامكو المصنع في الظهران، بينما تدير سيمنز الشبكة.",
      "وأعلن المتحدث خالد المنصوري من بنغازي لقاء مع وفد من ألمانيا.",
    ],
    right: {
      people: "Ahmed El-Sherif|Abdel Fattah el-Sisi|Vladimir Putin|Mahmoud Abbas|Khaled al-Mansouri",
      places: "Alexandria|Damascus|Washington|Dhahran|Benghazi|Germany",
      organisations: "Aramco|Siemens",
    },
    wrong: {
      people: "Mahmoud Hassan|Emmanuel Macron|Bashar Jaafari|Khaled al-Tamimi",
      places: "Marrakesh|Istanbul|Stockholm|Portugal",
      organisations: "Gazprom|Petrobras",
    },
  },
  {
    language: "he",
    paragraphs: [
      "ראש העיר חיפה יונה יהב נפגש עם בנימין נתניהו בירושלים.",
      "ולדימיר פוטין שוחח עם יצחק הרצוג לפני הטיסה לוושינגטון.",
      "המפעל באשקלון שייך לאינטל, ומיקרוסופט שוכרת את הבניין.",
      "הדוברת מיכל רוזנברג הגיעה לנצרת עם משלחת מגרמניה.",
    ],
    right: {
      people: "Yona Yahav|Benjamin Netanyahu|Vladimir Putin|Isaac Herzog|Michal Rosenberg",
      places: "Haifa|Jerusalem|Washington|Ashkelon|Nazareth|Germany",
      organisations: "Intel|Microsoft",
    },
    wrong: {
      people: "Dan Cohen|Emmanuel Macron|Avigdor Lieberman|Michal Friedman",
      places: "Budapest|Istanbul|Stockholm|Portugal",
      organisations: "Gazprom|Volkswagen",
    },
  },
  {
    language: "hi",
    paragraphs: [
      "मेयर किशोरी पेडणेकर ने मुंबई में नरेंद्र मोदी से मुलाकात की।",
      "व्लादिमीर पुतिन ने वाशिंगटन में वोलोदिमिर ज़ेलेंस्की से बात की।",
      "जमशेदपुर का कारखाना रिलायंस का है और इन्फोसिस ने भवन किराए पर लिया है।",
      "प्रवक्ता सुरेश चतुर्वेदी जर्मनी के प्रतिनिधिमंडल के साथ भुवनेश्वर पहुंचे।",
    ],
    right: {
      people: "Kishori Pednekar|Narendra Modi|Vladimir Putin|Volodymyr Zelensky|Suresh Chaturvedi",
      places: "Mumbai|Washington|Jamshedpur|Bhubaneswar|Germany",
      organisations: "Reliance|Infosys",
    },
    wrong: {
      people: "Ravi Sharma|Emmanuel Macron|Arvind Kejriwal|Suresh Tripathi",
      places: "Hyderabad|Budapest|Stockholm|Portugal",
      organisations: "Gazprom|Volkswagen",
    },
  },
  {
    language: "ko",
    paragraphs: [
      "박형준 부산시장은 이재명 대통령과 만났다고 밝혔다.",
      "블라디미르 푸틴은 워싱턴에서 볼로디미르 젤렌스키와 통화했다.",
      "창원의 공장은 삼성전자가 소유하고 있으며 현대자동차가 건물을 빌렸다.",
      "대변인 정은경은 독일 대표단과 함께 평창에 도착했다.",
    ],
    right: {
      people: "Park Heong-joon|Lee Jae-myung|Vladimir Putin|Volodymyr Zelensky|Jeong Eun-kyeong",
      places: "Busan|Washington|Changwon|Pyeongchang|Germany",
      organisations: "Samsung|Hyundai",
    },
    wrong: {
      people: "Kim Min-su|Emmanuel Macron|Oh Se-hoon|Donald Trump",
      places: "Chuncheon|Budapest|Stockholm|Portugal",
      organisations: "Gazprom|Volkswagen",
    },
  },
  {
    language: "zh",
    paragraphs: [
      "宁波市长李伟会见了省长王浩，随后前往重庆。",
      "弗拉基米尔·普京在华盛顿与泽连斯基通话，习近平没有出席。",
      "成都的工厂属于新华集团，特斯拉租用了大楼。",
      "发言人张晓东与德国代表团抵达郑州。",
    ],
    right: {
      people: "Li Wei|Wang Hao|Vladimir Putin|Xi Jinping|Zhang Xiaodong",
      places: "Ningbo|Chongqing|Washington|Chengdu|Zhengzhou|Germany",
      organisations: "Xinhua|Tesla",
    },
    wrong: {
      people: "Wang Gang|Li Keqiang|Zhao Min|Zhang Xiaoming",
      places: "Shanghai|Hangzhou|Guangzhou|Shenzhen|Portugal",
      organisations: "Zhongxing",
    },
  },
];
