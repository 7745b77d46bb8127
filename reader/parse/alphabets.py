"""The letters, signs and short words by which ``charset`` tells one encoding from another."""

from __future__ import annotations

SIGNS = "’‘“”–—…«»„‚°£€•·½¼¾§©®™"
# The letters beyond ASCII of languages in the Latin alphabet, by the family of encodings that serves them.
LANGUAGES = {
    "western": (
        "éèàçêâîôûëïùœÉÀÇ",
        "äöüßÄÖÜ",
        "áéíóúñü¿¡ÁÉÍÓÚÑºª",
        "ãáàâéêíóôõúçÃÁÀÂÉÊÍÓÔÕÚÇºª",
        "àèéìòùÈÀ",
        "åäöæøéÅÄÖÆØ",
        "éëïöüèêó",
        "áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ",
        "àèéíïòóúüç·",
    ),
    "central": (
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
        "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
        "áäčďéíĺľňóôŕšťúýžÁČĎÉÍĽŇÓŠŤÚÝŽ",
        "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
        "ăâîşţșțĂÂÎŞŢ",
        "čćđšžČĆĐŠŽ",
        "äöüß",
    ),
    "turkish": ("çğıöşüİâîûÇĞÖŞÜ",),
    "baltic": (
        "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ",
        "ąčęėįšųūžĄČĘĖĮŠŲŪŽ",
        "äöõüšžÄÖÕÜŠŽ",
    ),
}
# The most common letters of other scripts.
COMMON = {
    "cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфіїєў–—«»“”„…№",
    "greek": "αοιετσνηυρπκμλςάίόέήώύδγθχφβω–—«»“”’…·",
    "hebrew": "יוהלאתרשנמבםדקעחןכפטגצסז–—“”…־",
    "arabic": "اليمونرتبةعدسفهكقحجأصطشىخضذزغثءإئآپچگژکی،؟؛–—«»“”…",
    "thai": "านรอกเงมยลวดทสต่้ะีัไแป",
    "japanese": "".join(map(chr, range(0x3041, 0x3094))) + "、。ー「」・ンスルトイリアラク日本人年大会国中出時的者事一",
    "simplified": (
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
        "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
        "去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比"
        "或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
        "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指，。、“”《》：；！？"
        "（）"
    ),
    "traditional": (
        "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種"
        "面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本"
        "去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比"
        "或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總"
        "次，。、「」《》：；！？（）"
    ),
    "korean": (
        "이다는의에을를가은고하지로한도서사기인리그자시어대해스정나있라일것수부들과만제장보전아으적원오상여동"
        "구주게면선성"
    ),
}
_WORDS = """
această après arī así através até açıklandı años až başkanı być både büyük být będzie ből būti città così câte că
către después değil değişiklik după déjà día első está ešte från får för für già gjør größte između için iš již još
już já ją jų keď která které který ktorý która które który két können könnte között kā là może można može már más må
még même mówi môže môžu müssen může například není não når né också også olduğu où país perché però più può până på
před při qué ről sarà según será się své svého são så sí sú să są također také także también também też tiež très três
több türkiye tās tę től után už već več viņš više você være více või však więc während würde został zurück à által än
är även å år året çok è é él és était été één être így în într între över új über ülke će če čiji čo į ő řekl şi şu še
što šā šį że že și
"""
# Common words that have such letters.
WORDS = frozenset(_WORDS.split())
