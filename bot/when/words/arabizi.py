"""Arabic in Latin letters. Each phrase is found in all its spellings by its consonants (see bot/when/arabizi.py)."""

ARABIZI = {
    "unit:minute": "da2i2a|d2i2a|dagiga|dakika|daqiqa|da2aye2|d2aye2|daqayeq|dagayeg|da2aye",
    "unit:hour": "sa3a|se3a|sa3at|saa|saat|sway3|sa3aat",
    "unit:day": "yom|youm|ayam|ayyam|nhar|iyam|yoom",
    "unit:week": "osbo3|esbo3|usbu3|asabee3|sbou3|simana|osbou3",
    "unit:month": "shahr|chahr|shohor",
    "unit:year": "sana|sene|3am|sneen",
    "dual:hour": "sa3ten|sa3tein|sa3teen|saatein|se3tein|sa3tin",
    "dual:day": "yomen|yomein|yawmein|youmein",
    "dual:week": "esbo3en|osbo3en|esbo3ein|usbu3ain",
    "dual:minute": "da2i2ten|d2i2tein|dagigten|da2i2tein",
    "fraction:1/2": "nos|nus|noss|nuss|nes|nosf|nisf",
    "fraction:1/3": "telt|thilth|tilt|tult|thuluth",
    "fraction:1/4": "rob3|rub3|reb3|roba3",
    "fraction:3/4": "talat terba3|talat arba3 sa3a",
    "few:": "kam|shwayet|kaza|kam men",
    "number:1": "wa7da|wa7ed|wahda|wahed|we7da|wa7de",
    "number:2": "tnein|etnen|etnein|thnein|tnen|tenten|jouj|zouz|ethnain|etneen",
    "number:3": "talata|tlata|talat|thalatha|tleta|tlete|thlatha|tlat",
    "number:4": "arba3a|arb3a|arba3|reb3a|arab3a",
    "number:5": "khamsa|5amsa|khamse|khams|5ams",
    "number:6": "setta|sitta|sette|sett|stta",
    "number:7": "sab3a|seb3a|sab3|sab3e|sabaa",
    "number:8": "tamanya|tmanye|tmenya|thmanya|tamanye|tmania|tamania|thamanya",
    "number:9": "tes3a|tis3a|tes3oud|tis3|tes3",
    "number:10": "3ashra|3shra|3ashara|3achra|3ashr|3ashar",
    "number:11": "7dashar|hdashar|7da3sh|7idash|hidashar|7edashar|7da3esh",
    "number:12": "etnashar|tna3sh|itnashar|tnach|etna3sh|tna3esh",
    "number:15": "khamastashar|5amastashar|khamstashar|khamasta3sh",
    "tens:20": "3eshreen|3ishrin|3eshrin|3chrin",
    "tens:30": "talateen|tlatin|thalathin|tlateen",
    "tens:40": "arb3een|arba3in|rab3in",
    "tens:50": "khamseen|khamsin|5amsin",
    "before:": "abl|2abl|qabl|2abel|gabl|9bel|9abl|qbel|kabl|gabel|kbel|abel",
    "before_it:": "ablaha|2ablaha|qablaha|gablaha|abliha|2abla|ablo|qablha|gablha|ablha",
    "after:": "ba3d|baad|b3d|ba3ed|ba3de|3ogob|3ogb|mn ba3d|men ba3d|3gob|3agab|wara|baed",
    "after_it:": "ba3daha|ba3diha|ba3dha|3ogobha|ba3da",
    "in:": "kaman|kamen|min hna",
    "from_now:": (
        "men delwa2ty|men dlwa2ty|men hala2|men hassa|min al7een|men daba|mn hala2|men delwa2ti|"
        "min halla2|men el2an|men tawa"
    ),
    "weak_vague:": "delwa2ty|hala2|hassa|al7een|daba|dlw2ty|tawa|halla2",
    "ago:": "men zaman",
    "complementer:": "ma|la",
    "only:": "bas",
    "when:": "lamma|lama|awel ma|awwal ma|wa2t|wa2t ma|ki|fash|melli|sa3et ma|wa2et|sa3t ma",
    "event:": (
        "fa3alya|fa3aliya|7ewar|hewar|gelsa|jalsa|ijtima3|egtema3|nadwa|warsha|event|meeting|session|"
        "webinar|liqa2|leqa2|mo2tamar|fa3aleya|jelse|7iwar|liqa|fa3alia|moltaqa|lika2"
    ),
    "start:": (
        "yebda2|tebda2|yebda|tebda|yballish|tballish|ballash|bedaya|bidaya|bdayet|yabda|tabda|yebtedi|"
        "tebtedi|yabda2|yeballesh|teballesh|tballesh|yballesh|betebda2|tebdi|yebdi"
    ),
    "end:": (
        "yekhlas|tekhlas|ye5las|te5las|yakhlas|ykhallis|tkhallis|ykhalles|nehaya|nihaya|tkammal|ykammal|"
        "tsali|ysali|yekhlass|tekhlass|yintehi|tintehi|yo5las|yo2fel|y5ales|t5ales|takhlas|tekmel|yekmel"
    ),
    "registration:": "tasgeel|tasjil|tasgil|tasjeel",
    "event_day:0": "yomha|nharha|yomaha|youmha",
    "eve:night": "leilet|lelet|laylat|lilet|leylet",
    "day:0": (
        "el naharda|elnaharda|enaharda|elyom|el yom|alyoum|lyoum|lyom|el nahrda|ennaharda|nahrda|naharda|"
        "innaharda|al yom|elyoum|el youm|il yom|lioum"
    ),
    "day:1": (
        "bokra|bukra|bokrah|boukra|bacher|bachir|bajer|ghadda|ghada|ghodwa|ghadwa|ghodoua|ghedwa|bukrah|"
        "bachr|baker|ghadan|ghoudwa|boukraa"
    ),
    "day:2": (
        "ba3d bokra|ba3d bukra|ba3d bacher|3ogob bacher|ba3d ghodwa|ba3d ghadda|men ba3d ghadda|"
        "ba3d bokrah|baad bokra|baad bukra|ba3d ghada|ba3d boukra|3gob bacher|wara bacher"
    ),
    "day:-1": (
        "embare7|mbare7|imbare7|ams|elbare7|lbare7|el bare7|embareh|mbareh|lbareh|ams bel leil|imbareh|"
        "el bar7a|elbar7a|bare7|bar7a"
    ),
    "day:-2": "awel embare7|awel ams|awwal mbare7|awel mbare7|awwal embare7|awal ams|abl ams|awwal ams",
    "tonight:": (
        "el leile|el leili|el layle|el lele|el leila|elleila|el lela|ellela|hal leila|el leila di|el layla|hallayle|elliela|el lila|"
        "hal leile|hal layle|hal lele"
    ),
    "this:": "hal|da|di|had|hayda|hatha",
    "next:": "gay|gaya|jay|jaya|jaye|gai|yay|el gaya|jey|elgay|eljay|eljaye|elgaya|elli gay|qadem|jai",
    "last:": "elli fat|elly fat|li fat|elli fatet|madi|elly fatet|elli ra7|li daz|elli rah",
    "after_next:": "elli ba3d el gay|ba3d el gay|ba3d el jay|elli ba3do|elli ba3daha|elly ba3d el gay",
    "weekday:0": "tanein|ethnein|ithnain|el etnen|el tanen|el tnein|itnein|el etnein",
    "weekday:1": "thulatha|thalatha2|talata2|el talat|el tlata|el thalatha|el tleta|talath",
    "weekday:2": "arbe3a|arb3a2|arbi3a|arbi3a2|el arba3|el arbe3a|el arb3a|larb3a|el arbi3a|erbe3a|el arba3a2",
    "weekday:3": "khamis|5amis|khamees|5amees|el khamis",
    "weekday:4": "gom3a|jom3a|jum3a|gum3a|joum3a|jem3a|gomaa|jumaa|el gom3a|jm3a",
    "weekday:5": "el sabt|essabt|sabt|el sebt|sebt|issabt|assabt",
    "weekday:6": "el 7ad|el had|a7ad|el a7ad|el ahad|l7ad|el 7add|7ad|el hadd|lahad|ahad",
    "weekend:": "weekend",
    "part:early": "badri|bakkir|bekri|bakeer|el sob7 badri|bkeer|bakri",
    "part:morning": "sob7|sobh|sba7|saba7|sabah|sobo7|essob7|sabahan|subh|saba7an|sbah|esobh|elsobh|sob7an",
    "part:noon": "dohr|duhr|zohr|dohor|dhuhr|nos el nhar|nos nhar|dohour|duhur",
    "part:afternoon": (
        "ba3d el dohr|ba3d el duhr|ba3d dohr|ba3d el dohor|ba3d eldohr|ba3d ed dohr|baad el dohr|"
        "ba3d el zohr|ba3d el dhuhr|ba3d el dohour|ba3d duhr"
    ),
    "part:evening": "masa|masa2|masaan|3ashiya|3chiya|3shiya|elmasa|3achiya|3ashiyya|masa2an|3chia|3shia",
    "part:night": (
        "bellel|bel leil|belleil|blel|b leil|leil|lel|bil leil|bel lel|layl|bel layl|fel lil|fellil|"
        "bil layl|bleil|bel leel|bllel|fel leil|lil|b lel|belel|b el leil|billeil|bil lel"
    ),
    "part:midnight": "nos el leil|nos leil|nos el lel|noss el leil|nus el leil|nos lel|nos el layl|montasaf el leil",
    "sun:am": "fagr|fajr|fager|el fagr|shorou2|do7a",
    "sun:pm": (
        "3asr|3aser|maghreb|maghrib|mghreb|3esha|3isha|el 3asr|ghoroub|3esha2|3sha|3asir|3esh|iftar|fetar|3acha"
    ),
    "sun:noon": "salat el gom3a|salat el dohr|salat el jom3a|salah|salat|sala",
    "clock:": (
        "el sa3a|elsa3a|essa3a|al sa3a|3al sa3a|el se3a|issa3a|el saa|el sa3ah|esa3a|3s sa3a|3ass3a|3al se3a|el sa3et"
    ),
    "at:": "m3a|ma3|3ala|3la|3al|3a",
    "time_of:": "tawqeet|taw2it|tawkit|taw2eet",
    "and:": "w|we|wa|o|u|ou",
    "by:": "b|be|bi|bel|bil",
    "less:": "ella|illa|ila|ela|ghir|gheir",
    "of:": "men|min|mn|dyal|dial|ta3|mta3|nta3|beta3|d",
    "vague:": (
        "ba3den|ba3dein|ba3deen|shwaya|shway|ba3d shwaya|ba3d shway|kaman shwaya|kaman shway|badeen|"
        "ba3d shwai|kaman shwayya|3ogob shway|shi yom|shi nhar|wa2t tani|shwayya|ba3d shwayya|abl shwaya|"
        "ay wa2t|orayeb|orayyeb|2arib|2areeb|baadein|badein|akher el nhar|akher el yom|a2rab wa2t"
    ),
    "every:": "kol|kul|kell|koll",
    "or:": "walla|aw|wala|ya",
    "until:": "le7ad|lghayet|la7ad|7atta|le3ayet|hatta|lghayt",
    "not:": "mesh|mish|mosh|mo|mu|mush|balash|moush",
    "because:": "3ashan|3shan|3alashan|la2anno|la2eni|minshan|3al2an|la2n|mshan",
    "question:": (
        "emta|eimta|imta|meta|feen|fein|leh|leish|meen|eh|shu|shou|wen|wein|kif|ezay|fo2ash|wa2tash|3lash|"
        "lesh|mata|izzay|chkoun|kifash|wa9tach|foukach"
    ),
    "suggest:": "momken|mumkin|ynfa3|yenfa3|t2dar|te2dar|eh ra2yak|shu ra2yak|mumken|fik",
    "remind:": (
        "fakkarny|fakarni|fakkarni|zakkirni|zakerni|zakkerni|dhakkirni|thakirni|fakarny|fakkrni|fakerni|"
        "eb3atli|ib3atli|khabberni|fakkarouni|zakkrouni|zakkrini|fakkerni|fakkareeni|nabbehni|sa77ini|"
        "sahini|thakkerni|dakkerni|zakrni|tfakkarni"
    ),
    "filler:": (
        "fe|fi|f|fel|fil|law sama7t|low sama7t|lw sm7t|men fadlak|min fadlak|ya rait|yaret|3ayez|3awez|"
        "3ayza|bedi|baddi|abi|abgha|shokran|shukran|inshallah|nshallah|inchallah|enshallah|ya3ni|tamam|ok|"
        "taman|7abibi|habibi|kda|keda|hawali|7awali|ta2riban|3afak|3afakom|3aychek|yslamo|yalla|ana|lw|"
        "law|samaht|sama7t|fadlak|allah|in|sha|nheb|bghit|7dod|please|pls|mashi|y3ni|bl zabt"
    ),
    "inert:": (
        "sabah el kheir|saba7 el 5er|saba7 el kheir|sabah el khair|masa2 el kheir|masa el kheir|"
        "masa el 5er|masa el nour|sabah el nour|masa2 el nour|saba7 el nour|tesba7 3ala kheir|"
        "tesba7 3la 5er|da2i2a bas|sanya wa7da|da2i2a wa7da|thanya bas|la7za|yes3ed sabahak|sabah el ful|"
        "7ad tani|7adde|gom3a mobaraka|jum3a mubaraka|d2i2a bas|ramadan kareem|sabahkom|sabaho|"
        "masa el khair|masal kheir|saba7o|sba7 lkhir|sba7 el kheir|kol sana|kol 3am|sabah lkhair|"
        "saba7 lkheir|msa lkhir|sanya|sawani|thawani|el sa3a kam|sa3a kam|a2l men|min el maghreb|"
        "men el maghreb"
    ),
    "name:": "esmi|ismi|ana esmi|esmy|smiti",
    "age:": "3omri|3omry|3omro|3omra|3omrha|3andi sana|3omrak|sini|3mri|3omru|3andou 3am",
    "count:": (
        "nafar|talib|tollab|welad|wlad|nas|so2al|as2ela|shakhs|tefl|atfal|mosharek|mosharkin|students|"
        "banat|talaba|drari"
    ),
    "numbered:": "raqam|ra2am|ra2m|rakm|ra2mi|raqami|mobile|ra2amy|room|page|ra2mo|noss el",
}
