"""The program that is killed; what it starts imports this module anew, which takes no time."""

if __name__ == "__main__":
    from tests.killing.driven import main

    main()
