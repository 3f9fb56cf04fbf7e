window.courseSearch={words:{"language":"en","title":"Search","label":"Search this course","close":"Close","key":"Open the search with the key /","loading":"Loading","counts":["No results","1 result","2 results","3 results","4 results","5 results","6 results","7 results","8 results","9 results","10 results","11 results","12 results","13 results","14 results","15 results","16 results","17 results","18 results","19 results","20 results","21 results","22 results","23 results","24 results","25 results","26 results","27 results","28 results","29 results","30 results"],"best":"The best 30 results","some":"No result has all of these words."},
documents:[
{"href":"index.html","kind":"Page","title":"Lighthouse keeping","names":"Now","text":"LG 1 Lamps, lenses and weather. Forum Office hours"},
{"href":"staff.html","kind":"Page","title":"Staff"},
{"href":"readings.html","kind":"Page","title":"Readings"},
{"href":"lamp.html","kind":"Page","title":"Lamps","text":"Of oil, with a wick . Care Back to the schedule ."},
{"href":"syllabus.html","kind":"Page","title":"Syllabus"},
{"href":"meetings/the-lamp.html","kind":"Lecture 1","title":"The lamp","facts":["Week 1","Mon 1 Mar"],"text":"Tower 2"},
{"href":"meetings/mirrors.html","kind":"Lecture 2","title":"Mirrors","facts":["Week 1","Wed 3 Mar"],"names":"Gus Glass","text":"Optics Tower 2"},
{"href":"meetings/fresnels-lens.html","kind":"Lecture 3","title":"Fresnel's lens","facts":["Week 2","Mon 8 Mar"],"names":"Ida Ray","text":"Optics Tower 2"},
{"href":"meetings/night-watch.html","kind":"Excursion","title":"Night watch","facts":["Week 2","Fri 12 Mar"]},
{"href":"meetings/weather.html","kind":"Lecture 5","title":"Weather","facts":["Week 3","Mon 15 Mar"],"text":"Tower 2"},
{"href":"index.html#break-2027-03-17","kind":"no class","title":"Saint Patrick's Day","facts":["Week 3","Wed 17 Mar"],"text":"No ships."},
{"href":"readings.html#reading-lamps","kind":"Reading","title":"On lamps","facts":["Week 1","required","Light and Wick"],"names":"A. Light B. Wick","text":"Lamps 1822 Best lamp"},
{"href":"readings.html#reading-oil","kind":"Reading","title":"Oil","facts":["Week 1","required"],"text":"Oil or gas ?"},
{"href":"readings.html#reading-electric-light","kind":"Reading","title":"Electric light","facts":["Week 1","optional"],"text":"Read it twice ."},
{"href":"staff.html","kind":"Staff","title":"Ada Keeper","facts":["Instructor"]},
{"href":"staff.html","kind":"Staff","title":"Bo Mate","facts":["Assistant","Harbour"]}
]};
