/**
 * Common themes and other ways the news says them: `theme: words, phrases`. One way: a query for `oil` finds OPEC, a query
 * for OPEC does not find oil. A theme is known by any of the names before its colon.
 */
export const THEMES = `
ai = artificial intelligence: AI, artificial intelligence, machine learning, chatbot, ChatGPT, OpenAI, large language model, generative AI, deepfake
climate = climate change = global warming: climate change, global warming, greenhouse gas, emissions, net zero, decarbonisation, decarbonization, carbon dioxide, Paris agreement
environment: conservation, biodiversity, pollution, deforestation, ecosystem, wildlife
energy: electricity, power plant, power grid, oil, natural gas, renewable, wind farm, solar, nuclear power, coal, energy prices
oil = crude oil = crude: crude oil, crude, petroleum, OPEC, oil price, Brent, barrels of oil, oilfield, refinery
natural gas: natural gas, LNG, gas pipeline, gas field, cubic feet, gas prices
electricity: power grid, power plant, blackout, power outage
renewables = renewable energy: renewable energy, solar power, wind power, wind farm, solar panel, hydropower
nuclear power = nuclear energy: nuclear power, nuclear plant, nuclear reactor, nuclear energy
coal: coal mine, colliery, coal-fired
gold: bullion, gold mine, gold price, troy ounce
silver: silver price, silver mine
copper: copper mine, copper price, copper cathode
metals: steel, iron ore, copper, aluminium, aluminum, zinc, nickel, tin
steel: steelmaker, steelworks, steel mill
grain = grains = cereals: grain, cereal, wheat, corn, maize, barley, sorghum, oats, rye, rice, soybean
wheat: durum, winter wheat
corn = maize: corn, maize
rice: paddy
oilseeds = oilseed: oilseed, soybean, rapeseed, sunflower seed, canola, groundnut, cottonseed, linseed, copra
soybeans = soybean = soya: soybean, soya, soyabean, soy
vegetable oil = vegetable oils: vegetable oil, palm oil, soybean oil, soyoil, rapeseed oil, sunflower oil, coconut oil, olive oil, edible oil
sugar: sugar cane, sugarcane, sugar beet, raw sugar
coffee: arabica, robusta, coffee bean
cocoa: cocoa bean, cacao
cotton: cotton crop
livestock: cattle, hogs, pigs, sheep, poultry, slaughter
meat: beef, pork, poultry, lamb, meatpacker
farming = agriculture: farming, agriculture, farmer, crop, harvest, farm
food: food price, grocery, supermarket, hunger
economy: economy, economic, GDP, gross domestic product, recession, inflation, unemployment, economic growth
gdp = gnp = economic growth: GDP, GNP, gross domestic product, gross national product, economic growth, real growth
inflation: consumer price, CPI, cost of living, price rise
jobs = employment = unemployment: unemployment, employment, jobless, labour market, labor market, layoffs, job losses, payrolls, redundancies
wages = pay: wage, salary, pay rise, earnings growth
interest rates = interest rate: interest rate, prime rate, base rate, discount rate, rate cut, rate rise, rate hike, lending rate, repo rate, federal funds rate, bank rate
central banks = central bank: central bank, Federal Reserve, Fed, Bank of England, ECB, European Central Bank, Bundesbank, Bank of Japan, monetary policy
money supply: money supply, M-1, M-2, M-3, M1, M2, M3, monetary aggregate, monetary growth
money market = money markets: money market, liquidity, treasury bill, repurchase agreement, bankers' bills
currencies = currency = foreign exchange = forex = exchange rates = exchange rate: currency, foreign exchange, forex, exchange rate, dollar, yen, sterling, euro, franc, devaluation, central bank intervention
dollar: greenback, U.S. currency
trade: trade deficit, trade surplus, trade balance, exports, imports, tariff, trade deal, protectionism, trade war, customs duty
tariffs = tariff: tariff, import duty, customs duty, trade war
balance of payments: balance of payments, current account, trade balance, trade deficit, trade surplus
budget: budget, public spending, fiscal, deficit, public finances
tax = taxes: tax, taxation, VAT, levy, duty
debt: debt, borrowing, bonds, creditors, default, loan
markets = stock market = stock markets = stocks = shares: stock market, stock exchange, shares, stocks, equities, Wall Street, Dow Jones, FTSE, Nasdaq, Nikkei, DAX, bond market, traders
bonds: bond, gilt, treasury note, debenture, eurobond
earnings = company results = profits: earnings, net profit, net income, net loss, quarterly results, profit, dividend, turnover, revenue, per share
takeovers = takeover = mergers = merger = acquisitions = acquisition = mergers and acquisitions: takeover, merger, merge, acquisition, acquire, buyout, tender offer, stake, takeover bid
banks = banking: bank, banking, lender, building society
insurance: insurer, reinsurance, underwriter
shipping: shipping, vessel, ship, freight, cargo, port, tanker, seaway, shipowner
transport: transport, railway, train, bus, airport, airline, road, motorway, traffic
railways = rail = trains: railway, rail, train, railroad
aviation = airlines: aviation, airline, airport, aircraft, airliner, flight, Boeing, Airbus
cars = car industry = automotive: carmaker, automaker, vehicle, automobile, car, electric vehicle
technology = tech: technology, software, smartphone, semiconductor, chipmaker, start-up, Silicon Valley
chips = semiconductors: semiconductor, chipmaker, microchip
cybersecurity = cyber security: cybersecurity, cyber security, cyberattack, cyber attack, ransomware, malware, hacker, data breach, phishing
privacy: data protection, surveillance, GDPR
social media: Facebook, Instagram, TikTok, YouTube, Twitter, Meta
space: spacecraft, NASA, rocket, satellite, astronaut, orbit
science: scientist, researcher, laboratory
health: healthcare, hospital, NHS, patient, doctor, disease, vaccine, public health, medical
covid = covid-19 = coronavirus: COVID-19, Covid, coronavirus, pandemic, SARS-CoV-2
drugs = pharma: pharmaceutical, drugmaker, medicine
education = schools: school, university, teacher, pupil, student, education
housing = house prices: housing, house price, rent, tenant, landlord, mortgage, homebuilder, housebuilding, social housing, homelessness
migration = immigration: migration, migrant, immigration, immigrant, asylum seeker, refugee, border crossing, deportation
elections = election: election, ballot, polling station, vote, voter, candidate, referendum, electoral
government = politics: government, minister, parliament, president, prime minister
courts = court: court, judge, trial, lawsuit, verdict, prosecutor, supreme court, appeal, jury
crime: crime, police, murder, robbery, arrest, gang
police: police officer, constable, detective
terrorism: terrorist, terror attack, suicide bomber, militants
war: war, troops, airstrike, missile, ceasefire, frontline, invasion, military offensive
defence = defense = military: military, army, navy, air force, armed forces, missile, Pentagon, NATO
strikes = strike = industrial action: industrial action, walkout, picket, trade union, labor union, stoppage
weather: storm, hurricane, flood, heatwave, drought, snowfall, forecaster
disasters: earthquake, flood, hurricane, wildfire, tsunami, landslide, volcano
football = soccer: football, soccer, Premier League, FIFA, UEFA, World Cup, Champions League, striker, midfielder, goalkeeper
tennis: Wimbledon, grand slam
cycling: Tour de France, peloton
european union = eu: European Union, EU, European Commission, Brussels, EC, European Community, European Parliament
united nations = un: United Nations, UN, Security Council
nato: NATO, North Atlantic Treaty Organization
imf: IMF, International Monetary Fund
`;
