"""English, with the short forms of chats. Slips of the keyboard are found by likeness, not listed."""

ENGLISH = {
    "article:1": "a|an",
    "unit:second": "seconds|sec|secs",
    "unit:minute": "minute|minutes|min|mins|mnt|mnts|mn|mns|minuts|minits",
    "unit:hour": "hour|hours|hr|hrs|h",
    "unit:day": "day|days",
    "unit:week": "week|weeks|wk|wks",
    "unit:month": "month|months",
    "unit:year": "year|years|yrs",
    "fortnight:2": "fortnight",
    "fraction:1/2": "half|½|haf|hlf|hafl|halff",
    "fraction:1/3": "third|a third",
    "fraction:2/3": "two thirds|2 thirds",
    "fraction:1/4": "quarter|¼|qtr|quater",
    "fraction:3/4": "three quarters|3 quarters|¾",
    "few:": "few|some|several|a few|quite a few",
    "number:2": "couple of|couple|a couple of|a couple",
    "before:": (
        "before|preceding|b4|prior to|prior|ahead of|in advance of|in advance|bfore|bfr|befor|"
        "earlier than|beforehand|ahead|earlier"
    ),
    "after:": "after|aftr|afer|aftar|aftter|following",
    "in:": "in",
    "within:": "within|in less than|in under|in the next|over the next|during the next",
    "from_now:": "from now|from today|from now on|from this moment|starting now|hence",
    "later_by:": "later",
    "relative:": "which|that",
    "behind:": (
        "earlier today|earlier this morning|last night|last evening|earlier this week|long ago|"
        "a while ago|the other night"
    ),
    "ago:": "ago|back then",
    "when:": (
        "when|once|as soon as|right when|just when|the moment|the minute|at the time|upon|exactly when|"
        "immediately when|right as|as|by the time"
    ),
    "right_after:": "right after|straight after|immediately after|directly after|just after|right as soon as",
    "right_before:": (
        "right before|just before|shortly before|a little before|a bit before|shortly after|"
        "a little after|a bit after|soon after|some time before|sometime before|some time after|"
        "sometime after|anytime before|any time before|well before|long before"
    ),
    "event:": (
        "event|dialogue|dialog|session|meeting|webinar|workshop|conference|forum|seminar|talk|call|evnt|"
        "events|sessions|dialogues|meetings|webinars|programme|program|panel|broadcast|gathering|training|"
        "consultation|symposium|discussion|summit"
    ),
    "it:": "it|its",
    "start:": (
        "start|starts|starting|started|begin|begins|beginning|begun|kick off|kickoff|kicks off|opening|"
        "opens|launch|launches|commences|commence|commencement|start time|starting time|go live|goes live|"
        "gets going|gets underway|strt"
    ),
    "end:": (
        "end|ends|ending|ended|finish|finishes|finished|finishing|over|done|wraps up|wrap up|concludes|"
        "conclusion|closing|closes|close|shuts|wraps|finishs"
    ),
    "closes:": (
        "deadline|cut off|cutoff|closing date|sign up deadline|registration deadline|closing time|"
        "last call|dead line|sign up closes|registration closes|sign up cutoff"
    ),
    "closing_day:": (
        "closing day|day it closes|deadline day|last day of registration|last day to register|"
        "last day for registration|last day of sign up|last day to sign up|final day of registration|"
        "final day to register|closing date day"
    ),
    "registration:": "registration|sign up|signup|signing up|registrations|enrolment|enrollment|sign ups|registering",
    "eve:evening": "eve",
    "day:0": "today|2day|tday|tdy|todays",
    "day:1": (
        "tomorrow|tmrw|tmr|tmw|tom|tomoz|2moro|2morrow|2mrw|tomorow|tommorow|tommorrow|tomorrows|2mro|"
        "tmoro|tmorrow|tmrow|tomrw|2morow"
    ),
    "day:2": (
        "day after tomorrow|the day after tomorrow|after tomorrow|day after tmrw|overmorrow|day after tmr|day after tom"
    ),
    "day:-1": "yesterday|yday|ystrday|yest",
    "day:-2": "day before yesterday|the day before yesterday|the other day",
    "this:": "this|the present|current",
    "next:": "next|nxt",
    "coming:": "coming|upcoming|this coming|the coming",
    "last:": "last|previous|past week s|lst",
    "after_next:": "after next|after the next",
    "weekday:0": "monday|mondays|mon",
    "weekday:1": "tuesday|tuesdays|tue|tues",
    "weekday:2": "wednesday|wednesdays|weds|wendsday|wensday|wednsday",
    "weekday:3": "thursday|thursdays|thu|thur|thurs|thrusday|thirsday",
    "weekday:4": "friday|fridays|fri",
    "weekday:5": "saturday|saturdays|saterday|satuday",
    "weekday:6": "sunday|sundays",
    "weak_weekday:2": "wed",
    "weak_weekday:5": "sat",
    "weak_weekday:6": "sun",
    "weekend:": "weekend|week end|wkend|weekends",
    "working_day:": "first working day|next working day|next business day|first business day|next workday",
    "part:early": "early morning|early in the morning|early|first light|crack of dawn",
    "part:morning": "morning|mornin|morn|mornings|mrng|mornng",
    "part:noon": "noon|midday|mid day|noontime|noonday",
    "part:afternoon": "afternoon|after noon|arvo|aftrnoon|afternoons",
    "part:evening": "evening|evenin|evng|evning|evenings|eavning",
    "part:night": "night|nite|nights|nighttime|night time",
    "part:midnight": "midnight|mid night|midnite|12 midnight|twelve midnight",
    "part:after_midnight": "after midnight|past midnight|in the small hours|small hours",
    "tonight:": "tonight|2nite|tonite|2night|tonght|this night",
    "half:am": "am|in the am",
    "half:pm": "pm|in the pm",
    "sun:am": "sunrise|dawn|sunup|fajr|fajr prayer|sehri|suhoor|suhur|dawn prayer|daybreak",
    "sun:pm": (
        "sunset|sundown|dusk|asr|asr prayer|maghrib|maghreb prayer|maghrib prayer|isha|isha prayer|iftar|"
        "twilight|sunset prayer|after iftar|evening prayer|night prayer|afternoon prayer|nightfall|"
        "taraweeh"
    ),
    "sun:noon": (
        "friday prayer|friday prayers|dhuhr|duhr|dhuhr prayer|zuhr|noon prayer|zuhr prayer|jumuah|"
        "jumaa prayer|prayer|prayers"
    ),
    "at:": "at|@|by|with",
    "oclock:": "oclock|oclok|oclck|ocklock|o clok|o clock|h00",
    "past:": "past|pas|passed|pst",
    "to:": "to",
    "oh:": "oh|o",
    "and:": "and|n|plus",
    "less:": "less|minus",
    "own_time:": "my time|local time|our time|my local time|my time zone|my timezone|time here",
    "time_of:": "time|tz|timezone|time zone|clock",
    "of:": "of",
    "month:1": "january|jan",
    "month:2": "february|feb|febuary|feburary",
    "month:3": "mars",
    "weak_month:3": "march|mar",
    "month:4": "april|apr",
    "weak_month:5": "may",
    "weak_month:6": "june|jun",
    "month:7": "july|jul",
    "weak_month:8": "august|aug",
    "month:9": "september|sept|sep",
    "month:10": "october|oct",
    "month:11": "november|nov|novmber|novembr",
    "month:12": "december|dec|decmber",
    "hijri_month:1": "muharram|moharram|muharam",
    "hijri_month:2": "safar",
    "hijri_month:3": (
        "rabi al awwal|rabi i|rabi awwal|rabi al awal|rabi 1|rabi ul awwal|rabia al awwal|rabi alawwal|"
        "rabi el awwal|rabi ul awal"
    ),
    "hijri_month:4": (
        "rabi al akhir|rabi al thani|rabi ii|rabi thani|rabi 2|rabi ath thani|rabi al akhar|rabi ul thani|"
        "rabi akhir|rabi ul akhir|rabi althani|rabi alakhir|rabi el thani|rabi el akhir|rabi us sani"
    ),
    "hijri_month:5": (
        "jumada al awwal|jumada al ula|jumada i|jumada 1|jumada al oula|jumada awwal|jumada el ula|"
        "jumada al awal|jumada l ula|jumada ul awwal|jumada ula|jumada el awwal"
    ),
    "hijri_month:6": (
        "jumada al akhirah|jumada al thani|jumada ii|jumada 2|jumada al thaniya|jumada al akhira|"
        "jumada thani|jumada al akhir|jumada el thania|jumada al thaniyah|jumada ath thani|"
        "jumada l akhira|jumada al thania"
    ),
    "hijri_month:7": "rajab",
    "hijri_month:8": "shaban|shaaban|sha ban|sha3ban",
    "hijri_month:9": "ramadan|ramadhan|ramazan",
    "hijri_month:10": "shawwal|shawal",
    "hijri_month:11": (
        "dhu al qadah|dhul qadah|dhu al qidah|dhul qidah|dhul qada|zul qadah|dhu l qadah|dhu al qada|"
        "dhul qa dah|zul qida|dhu al qi dah|dhu l qa dah"
    ),
    "hijri_month:12": (
        "dhu al hijjah|dhul hijjah|dhu al hijja|dhul hijja|zul hijjah|zul hijja|dhu l hijjah|thul hijjah"
    ),
    "era:hijri": "ah|hijri",
    "vague:": (
        "overnight|as early as possible|as late as possible|midway|halfway|halfway through|middle of|"
        "throughout|eid|the eid|on eid|new years eve|new years day|new year|christmas|christmas eve|"
        "christmas day|easter|public holiday|the holidays|same time|the same time|at the same hour|soon|"
        "sometime|some time|someday|some day|asap|a s a p|as soon as possible|later on|in a bit|"
        "in a while|in a little while|in a little|in a moment|in a few|any time|anytime|whenever you can|"
        "whenever|another time|some other time|at some point|when possible|when you can|shortly|"
        "eventually|sooner or later|a bit later|a little later|end of the day|end of day|eod|cob|"
        "close of business|end of business|after work|before work|after lunch|before lunch|lunch time|"
        "lunchtime|after dinner|before bed|bedtime|dinner time|dinnertime|after breakfast|breakfast time|"
        "end of the week|end of week|end of the month|end of month|start of the week|"
        "beginning of the week|first thing|later today|later tonight|late tonight|late at night|"
        "late night|late|mid week|midweek|mid month|middle of the week|middle of the month|"
        "start of the month|beginning of the month|early next week|late next week|in the near future|"
        "from time to time|now and then|a while|nearer the time|closer to the time|closer to it|"
        "closer to the date|closer to|nearer to|a bit|a little|a while before|a while after|the next day|"
        "in good time|during the day|in the daytime|daytime|during|morning or evening|before noon|"
        "till later|at your convenience|another day|some other day|one of these days|any day|after that|"
        "around then|rush hour|office hours|working hours|before dawn"
    ),
    "at_once:": "immediately|straight away|right away|directly|at once|straight",
    "weak_vague:": "mid|now|right now|afterwards",
    "every:": (
        "every|each|daily|weekly|hourly|monthly|everyday|twice|repeatedly|nightly|every other|weekdays|"
        "on weekdays|three times"
    ),
    "or:": "or|either|and or|alternatively",
    "until:": "until|till|til|through|thru|up to|up until",
    "from:": "from|between|starting from",
    "not:": "not|except|but not|never|no",
    "because:": "because|since i|cuz|coz|cos i|as i have|as i|as we|so that|so i|bc|due to|in order to|in case",
    "inert:": (
        "good morning|good evening|good afternoon|good night|goodnight|good day|have a good day|"
        "have a nice day|happy friday|have a good evening|have a nice evening|have a nice weekend|"
        "have a good weekend|one minute|a minute|just a minute|1 minute|one moment|a moment|wait a minute|"
        "one sec|a sec|a second|one second|just a second|1 sec|1 min|a min|one min|see you later|"
        "see you soon|see you tomorrow|talk to you later|talk later|second hand|secondhand|happy new year|"
        "eid mubarak|happy eid|at the same time as|ramadan kareem|ramadan mubarak|jumma mubarak|"
        "every day life|everyday life|at first|at least|at all|at last|last but not least|at home|for now|"
        "up to date|next to|long time|first time|last time|the first time|next time|this time|real time|"
        "at the same time|time to time|on time|in time|full time|part time|last name|first name|last year|"
        "end user|end to end|back end|half of|third of|quarter of the|third party|a day off|night shift|"
        "morning all|this year|all day|day to day|morning team|morning everyone|evening all|"
        "evening everyone|get well soon|friday the film|sunday school|sunday times|24 7|24 hours a day|"
        "hours a day|a friend|over here|over there|all over|game over|over the|more than|at work|"
        "at school|what time|at your"
    ),
    "age:": "years old|year old|yrs old|y o|yo|years of age|aged|age|age group|ages|turning|old",
    "name:": "my name is|name is|names|mr|mrs|ms|dr|eng|prof|miss|madame",
    "age:direct": "i am|im|i m",
    "count:": (
        "people|persons|person|participants|attendees|students|children|kids|seats|members|questions|"
        "colleagues|delegates|operators|percent|%|countries|pages|copies|links|men|women|boys|girls|"
        "speakers|users|items|times|documents|teachers|languages|sessions of|friends|schools|others|"
        "guests|parents|employees|staff|dollars|places|books|tickets|files|messages"
    ),
    "numbered:": (
        "room|page|article|chapter|section|number|code|question|option|edition|version|id|extension|ext|"
        "line|hall|item|paragraph|annex|table|figure|point|step|grade|class|phone|mobile|tel|part|floor|"
        "building|street|box|flat|pin|clause|resolution|slide|module|seat|row|unit|appendix|guideline|"
        "level|ref|reference|ticket|gate|lesson|zoom|password"
    ),
    "question:": (
        "is it|is the|does it|does the|what time does|what time is|what time will|when is|when does|"
        "when will|when do|when are|when did|will it|will the|who|why|where|how|what|whose|are the|"
        "are there|is there|has it|did|do you know|what day|which day|whats|whos|is that|was it|was the|"
        "are you|do i|do we|can i|can we|may i|should i|until when"
    ),
    "suggest:": (
        "what about|how about|can you|could you|would you|will you|can u|could u|how is|is tomorrow|"
        "can i get|can i have|can we do|may i have|may i get"
    ),
    "remind:": (
        "remind|reminder|reminders|ping|nudge|notify|alert|buzz|notification|remaind|remnd|wake|poke|rmd|"
        "remmber|remember|remembr|shout|reming|remimd|heads up|drop me a line|message me|text me|tell me|"
        "send me|send it|let me know|write me|give me a|call me|schedule|set|move it|postpone|reschedule|"
        "move|shift it|set it|write to me"
    ),
    "filler:": (
        "the|please|pls|plz|plss|me|us|i|you|u|we|want|need|for|on|my|our|a line|drop|give|send|do|it s|"
        "make|ok|okay|thanks|thank|thx|hi|hello|hey|exactly|just|is|works|fine|be|would|like|could|can|"
        "about|around|approximately|roughly|approx|sharp|precisely|will|get|got|put|if|possible|kindly|"
        "dear|sir|madam|inshallah|insha allah|in sha allah|god willing|well|also|so|ill|lets|let|say|"
        "maybe|think|better|best|good|great|perfect|yes|yeah|yep|no worries|on the dot|circa|ca|mashallah|"
        "habibi|bro|dear team|team|all|date|again|only|like that|very much|much|any|s|th|them|to be|"
        "be sent|have|wanna|gonna|ya|yalla|up|out|off|or so|ish|nearly|almost|away|notice|lah|doing|"
        "hello there|appreciate|appreciated|much appreciated|cheers|tnx|ty|wallah"
    ),
}
