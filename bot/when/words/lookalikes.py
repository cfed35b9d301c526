"""Ordinary English words one or two letters from a word of time: never taken for a slip."""

LOOKALIKES = frozenset(
    """
    aboard actor affect afford alone along alter among amount another august awaken bather beach before began
    begins being belong bench bending bird block board border bored boring bother branch bring brings brother
    burning called caller calls calm cells chart click clicks clock clocks clones close closed closely closer
    clothes cloud could count counted counter country county daily dairy data dated dates daytime decent design
    dialect dialogs diary earning eating eighteen eighth eights eighty eleven ended ending even evens event
    events ever father fever fifteen fifth fifty fight finds finely finest first fishes fixed fixes formal
    format former forms forth forty forum forums fourteen fourth french fried friend friends funny furnish
    gather giving gust having heating honey house houses invent judge juice julie jury kicked kicks knight
    latter laugh launched launches leader learning leaving lending letter letters light living lonely lunch
    march mating melting midway might mine minimum mining minister ministry minor mirror mission mixed mixture
    moment monde money monthly months mooring mother mount mouth mouths moving nation national nations never
    nights nine nineteen ninety ninth nodes noise north noted notes notice noticed offer often older opening
    order other ours parent partly parts party passion phone phones plunge present prevent quart quarters
    question queue quiet quite rather reach reader recent record records register registered registers registrar
    remain remained remains remark remove removed rename render report reports resolution right seating seconds
    section sections sector sender sending sessions setting seven seventh sever several severe shall shape share
    shared shell shift shirt short shorts shots sight signed signs signup sings sitting sixth sixty smart sport
    sports spots staff stand stared stars starts state status sunny table tables taken taking talks thank thanks
    there these thing things think third thirst thirsty thirty those three threw tight toady todays tone toned
    tones tools total touch toward towards treat trees turning twelfth twenty twice twins version warning water
    weaken weaker weeds weekend weekly weeks weigh weight where which while whole whose within without words
    world worth would
    اجتماعي اجتماعات اسبوعي اسبوعيه جامعه جامعات جامعي صباحي مسايي عشرات خماسي خماسيه سداسي رباعي ثلاثي ثلاثيه ثمانين
    سبعين ستين ليالي ليبيا يومين يوميه شهريه سنويه سنوي دقيق دقيقا ساعات ساعدني ساعدوني تسجيلي تسجيلات مسجل تذكيرات
    قادمون قادرين قادره بدايات نهايات حوارات جلسات ندوات موتمرات ورشات تدريبي فعالي فعالين خامسا سادسا رابعا ثالثا ثانيا
    اربعاءات احداث مارسيل مارسنا ابريق يوليوس مايوه اكثر اوسط خميسي سبتي تنتظر تنطبق انتهاك انتهاكات بدانا بعدما قبلها
    قبلكم عندهم تسعيره تسعى عاشوا عاشور خمسون سبعون شهرا شعبان شعبيه نصفنا ربعنا ثلثهم تالته ثالوث مسابقه مساعده مساحه
    """.split()  # noqa: SIM905
)
