from seci.site.cli import main

main()
