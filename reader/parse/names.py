"""Names that datelines and bylines are made of, and the words in capitals that only look like a place.

Of places only those are listed that are no common word or first name (Nice, Victoria): in capitals any place is taken.
"""

from __future__ import annotations

from functools import cache

from reader.text import fold

_PLACES = """
Abidjan | Abu Dhabi | Abuja | Accra | Addis Ababa | Adelaide | Aden | Ahmedabad | Ain al-Hilweh | Aleppo | Alexandria
| Algiers | Almaty | Amman | Amritsar | Amsterdam | Anchorage | Ankara | Antananarivo | Antwerp | Apia | Asmara |
Astana | Asuncion | Athens | Atlanta | Auckland | Baghdad | Baku | Baltimore | Bamako | Bangalore | Bangkok | Bangui |
Banjul | Barcelona | Basra | Beijing | Beirut | Belfast | Belgrade | Belmopan | Bengaluru | Benghazi | Berlin | Bern |
Bethlehem | Bhopal | Bilbao | Birmingham | Bishkek | Bissau | Bogota | Bologna | Bonn | Bordeaux | Boston | Brasilia |
Bratislava | Brazzaville | Bremen | Bridgetown | Brisbane | Bristol | Brussels | Bucharest | Budapest | Buenos Aires |
Bujumbura | Cairo | Calcutta | Calgary | Canberra | Cannes | Cape Town | Caracas | Cardiff | Casablanca | Chennai |
Chicago | Chisinau | Chittagong | Cincinnati | Cleveland | Cologne | Colombo | Conakry | Copenhagen | Cox's Bazar |
Dakar | Dallas | Damascus | Dar es Salaam | Davos | Deir ez-Zor | Delhi | Denver | Detroit | Dhaka | Dili | Djibouti |
Dodoma | Doha | Donetsk | Dresden | Dubai | Dublin | Durban | Dushanbe | Dusseldorf | Edinburgh | Edmonton | Entebbe |
Erbil | Faisalabad | Frankfurt | Freetown | Fukuoka | Gaborone | Gaza | Gaza City | Geneva | Genoa | Georgetown |
Glasgow | Goma | Grozny | Guadalajara | Guangzhou | Guatemala City | Guayaquil | Gwadar | Haifa | Hamburg | Hanoi |
Hanover | Harare | Havana | Helsinki | Herat | Hiroshima | Ho Chi Minh City | Homs | Hong Kong | Honiara | Honolulu |
Houston | Hyderabad | Idlib | Islamabad | Istanbul | Izmir | Jaffna | Jakarta | Jalalabad | Jeddah | Jerusalem |
Johannesburg | Juba | Kabul | Kaduna | Kampala | Kandahar | Kano | Karachi | Kathmandu | Khan Younis | Kharkiv |
Khartoum | Kherson | Kiev | Kigali | Kingston | Kinshasa | Kobe | Kolkata | Krakow | Kuala Lumpur | Kuwait City | Kyiv
| Kyoto | La Paz | Lagos | Lahore | Larkana | Las Vegas | Leeds | Leipzig | Libreville | Lille | Lilongwe | Lima |
Lisbon | Liverpool | Ljubljana | Lome | London | Los Angeles | Luanda | Lucknow | Lusaka | Luxembourg | Lviv | Lyon |
Madrid | Malabo | Managua | Manama | Manchester | Manila | Maputo | Mariupol | Marseille | Maseru | Mecca | Medellin |
Medina | Melbourne | Memphis | Mexico City | Miami | Milan | Milwaukee | Minneapolis | Minsk | Mogadishu | Mombasa |
Monaco | Monrovia | Monterrey | Montevideo | Montreal | Moroni | Moscow | Mosul | Multan | Mumbai | Munich | Muscat |
Muzaffarabad | N'Djamena | Nagasaki | Nagoya | Nairobi | Naples | Nashville | Nassau | Naypyidaw | New Delhi | New
Orleans | New York | Niamey | Nicosia | Nouakchott | Nuku'alofa | Odesa | Odessa | Osaka | Oslo | Ottawa | Ouagadougou
| Palermo | Panama City | Paramaribo | Paris | Perth | Peshawar | Philadelphia | Phnom Penh | Pittsburgh | Podgorica |
Port Louis | Port Moresby | Port Vila | Port of Spain | Port-au-Prince | Portland | Porto | Porto-Novo | Prague |
Praia | Pretoria | Pristina | Pyongyang | Quebec City | Quetta | Quito | Rabat | Rafah | Ramallah | Rangoon | Raqa |
Raqqa | Rawalpindi | Recife | Reykjavik | Riga | Rio de Janeiro | Riyadh | Rome | Rotterdam | Sacramento | Salt Lake
City | Salvador | San Diego | San Francisco | San Jose | San Juan | San Salvador | Sanaa | Santiago | Santo Domingo |
Sao Paulo | Sapporo | Sarajevo | Seattle | Seoul | Seville | Shanghai | Sharjah | Sharm el-Sheikh | Shenzhen | Sialkot
| Singapore | Skopje | Srebrenica | Srinagar | St. Louis | St. Petersburg | Stockholm | Strasbourg | Stuttgart |
Sukkur | Surabaya | Suva | Swat | Sydney | Taipei | Tallinn | Tampa | Tashkent | Tbilisi | Tegucigalpa | Tehran | Tel
Aviv | The Hague | Thessaloniki | Thimphu | Tijuana | Tikrit | Timbuktu | Tirana | Tokyo | Toronto | Toulouse |
Tripoli | Tucson | Tunis | Turin | Tyre | Ulaanbaatar | United Nations | Utrecht | Vaduz | Valencia | Valletta |
Vancouver | Vatican City | Venice | Vienna | Vientiane | Vilnius | Vladivostok | Warsaw | Washington | Wellington |
Windhoek | Winnipeg | Wuhan | Yangon | Yaounde | Yekaterinburg | Yerevan | Yokohama | Zagreb | Zaporizhzhia | Zurich
"""
_AGENCIES = """
aa | aap | abc | accesswire | afp | agence france-presse | aki | allafrica | anadolu | anadolu agency | ani | ansa |
antara | ap | app | associated press | bbc | belga | bernama | bloomberg | bna | bss | business wire | canadian press
| cbs | cna | cnn | dawn.com | dow jones | dpa | efe | globe newswire | ians | ina | inp | interfax | ips | irin |
irna | isna | itar-tass | jiji | jiji press | kuna | kyodo | kyodo news | lusa | maan | map | marketwatch | mena | nan
| nbc | nni | npr | ntb | online | pa | petra | pna | ppi | pr newswire | press association | prnewswire | pti | qna |
reuters | ria | ria novosti | ritzau | sana | spa | sputnik | tanjug | tass | the associated press | the canadian
press | thomson reuters | thomson reuters foundation | una | unb | uni | upi | vna | voa | wafa | wam | xinhua |
yonhap
"""
_NAMELESS = """
agencies | bureau report | correspondent | from our correspondent | monitoring desk | monitoring report | news
agencies | news desk | our correspondent | our own correspondent | our reporter | our special correspondent | our
staff reporter | staff and agencies | staff report | staff reporter | staff writer | the newspaper's correspondent |
the newspaper's reporter | the newspaper's staff reporter | web desk
"""
_ALERTS = """
about advertisement advice alert also amended analysis answer background bitcoin blog breaking brief by caption cheat
clarification column comment contact context corrected correction coverage covid crime data deal debate detail details
developing disclaimer edited editor editorial essay exclusive explained explainer fact factbox facts fans feature fifa
file final first flash focus footnote for gallery graphic guide headline headlines highlights how iaea image immediate
important index infographic insight interview introduction key latest letter letters list listen live lookahead
looking market markets media moral more nafta nasa nato news newsletter note notes opec opinion overview part people
photo photos picture pictures podcast poll preview profile question quiz quote quotes rating read recap recipe refile
related release repeat report reporter result results review roundup rumor rumour score scores section see slideshow
source sources special spoiler spotlight stats story subject summary survey table tags timeline tip tips title today
topic trailer transcript travel trending tweet uefa unesco unhcr unicef unrwa update updated urgent verdict video view
viewpoint views voices warning watch weather what when where who why world wrap wrapup written year yesterday
"""


def is_known_place(name: str) -> bool:
    """Whether this is a city that news comes from; case and accents do not count."""
    return fold(name.replace("’", "'")) in _names(_PLACES)


def is_agency(name: str) -> bool:
    """Whether this is a news agency, or several joined by "/" or "and"."""
    name = fold(name.strip())
    known = _names(_AGENCIES)
    return name in known or (len(name) > 4 and all(part in known for part in name.replace(" and ", "/").split("/")))


def is_nameless_author(text: str) -> bool:
    """Whether this is a byline without a person in it: "Agencies", "Our Correspondent", "AFP"."""
    return fold(text) in _names(_NAMELESS) or is_agency(text)


def is_alert(word: str) -> bool:
    """Whether a word in capitals announces something and is no place: "UPDATE", "WHO", "PHOTOS"."""
    return fold(word) in _words(_ALERTS)


@cache
def _names(text: str) -> frozenset[str]:
    return frozenset(fold(" ".join(name.split())) for name in text.split("|"))


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
